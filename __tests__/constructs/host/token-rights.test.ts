import { neededPrivileges, PVE_ADMIN } from '../../../common/privileges';
import type { HomelabProps } from '../../../constructs';
import { withHost } from '../../helpers/alter';
import { emit, type Emitted } from '../../helpers/emitted';
import { houses } from '../../helpers/houses';
import { smallHouse } from '../../helpers/small-house';

const withToken = (changes: Partial<HomelabProps['host']['apiToken']>): Emitted => emit(withHost({ apiToken: { ...smallHouse.host.apiToken, ...changes } }));
const variables = (emitted: Emitted): Record<string, unknown> => emitted.ansible('inventories/host_vars/loft.yml');
const neededBy = (emitted: Emitted): string[] => [...neededPrivileges(emitted.stacks).by.keys()].sort();
const about = (emitted: Emitted): string[] => emitted.notices.filter((notice) => notice.includes('API token'));

test.each(houses)('every resource of $house has a row that says what it needs', ({ emitted }) => {
  expect(neededPrivileges(emitted.stacks).unknownTypes).toEqual([]);
});

describe('a token of which nothing is said', () => {
  const plain = withToken({});

  test('gets a role of its own with exactly what the synthesized stacks need', () => {
    expect(variables(plain)).toMatchObject({ pve_init_api_roles: [], pve_init_api_own_role: { name: 'HomelabToken', privileges: neededBy(plain) } });
    expect(neededBy(plain)).toContain('Sys.AccessNetwork');
    expect(neededBy(plain)).not.toContain('User.Modify');
  });

  test('is the one that the rehearsal uses, and there is nothing to tell', () => {
    expect(JSON.parse(plain.text('machine.json')).token).toEqual({ user: 'builder@pam', privileges: neededBy(plain) });
    expect(about(plain)).toEqual([]);
  });
});

describe('a token with the role PVEAdmin', () => {
  const admin = withToken({ role: 'PVEAdmin' });
  const surplus = PVE_ADMIN.filter((privilege) => !neededBy(admin).includes(privilege)).sort();

  test('has beside it only what it lacks', () => {
    const own = neededBy(admin).filter((privilege) => !PVE_ADMIN.includes(privilege));
    expect(variables(admin)).toMatchObject({ pve_init_api_roles: ['PVEAdmin'], pve_init_api_own_role: { privileges: own } });
  });

  test('makes synth and the catalogue list what it may do for nothing', () => {
    expect(surplus).toContain('User.Modify');
    expect(about(admin)).toEqual([expect.stringContaining(`may do ${surplus.length} things that nothing here needs: ${surplus.join(', ')}.`)]);
    expect(admin.text('docs/catalogue.md')).toContain(surplus.join(', '));
  });
});

test('what is granted on top is granted, and told', () => {
  const more = withToken({ extraPrivileges: ['Sys.Modify'] });
  expect((variables(more).pve_init_api_own_role as { privileges: string[] }).privileges).toEqual([...neededBy(more), 'Sys.Modify'].sort());
  expect(about(more)).toEqual([expect.stringMatching(/may do 1 things that nothing here needs: Sys\.Modify\. Without 'extraPrivileges'/)]);
});

test('it is due when its definition says, and ends two weeks later', () => {
  const soon = withToken({ rotateDays: 30 });
  const { secrets } = JSON.parse(soon.text('secrets/manifest.json')) as { secrets: { name: string; rotateDays: number }[] };
  expect(secrets.find(({ name }) => name === 'proxmox_api_token')?.rotateDays).toBe(30);
  expect(variables(soon)).toMatchObject({ pve_init_api_token_days: 44 });
});
