import { spawnSync } from 'node:child_process';

import { neededPrivileges, PVE_ADMIN, surplusPrivileges } from '../../common/privileges';
import { privilegeProblems } from '../../secrets/token/privileges';
import { ROOT } from '../tools/ensure-tools';

const granted = { roles: ['PVEAdmin'], own: ['Sys.AccessNetwork'] };
const house = (extra: Record<string, Record<string, Record<string, unknown>>> = {}) => [
  {
    resource: {
      proxmox_download_file: { image: {} },
      proxmox_virtual_environment_container: { minio: { unprivileged: true } },
      null_resource: { minio: {} },
      ...extra,
    },
  },
];
const needed = (extra?: Parameters<typeof house>[0]) => neededPrivileges(house(extra));
const problems = (extra?: Parameters<typeof house>[0], grants = granted) => privilegeProblems(needed(extra), grants);

beforeAll(() => {
  const synth = spawnSync('npm', ['run', '--silent', 'synth'], { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
  if (synth.status !== 0) throw new Error('npm run synth failed, see above');
}, 120_000);

test('this house as it is synthesized: what is needed is granted, and what PVEAdmin grants beyond that is named', () => {
  const run = spawnSync(process.execPath, ['--import', 'tsx', 'secrets/main.ts', 'token'], { cwd: ROOT, encoding: 'utf8' });
  expect(run.stderr).toBe('');
  expect(run.stdout).toMatch(/^secrets: \d+ privileges are needed, all granted by PVEAdmin and the house's own role\n/);
  expect(run.stdout).toMatch(/\nsecrets: \d+ more are granted, and nothing needs them: .*User\.Modify.*\n$/);
  expect(run.status).toBe(0);
});

test('PVEAdmin lacks exactly what lets a token change the node itself', () => {
  expect(PVE_ADMIN).toHaveLength(40);
  for (const right of ['Sys.Modify', 'Sys.PowerMgmt', 'Sys.AccessNetwork', 'Sys.Incoming', 'Realm.Allocate', 'Permissions.Modify', 'Mapping.Modify']) {
    expect(PVE_ADMIN).not.toContain(right);
  }
});

test('fails when the role does not cover a resource, and names it', () => {
  expect(problems()).toEqual([]);
  expect(problems(undefined, { roles: ['PVEAdmin'], own: [] })).toEqual([expect.stringContaining("'Sys.AccessNetwork' is needed by proxmox_download_file.image and not granted")]);
  expect(problems({ proxmox_backup_job: { nightly: {} } })[0]).toContain("'Sys.Modify' is needed by proxmox_backup_job.nightly");
  // The provider's default is a privileged container.
  expect(problems({ proxmox_virtual_environment_container: { n8n: {} } })[0]).toContain("'Sys.Modify' is needed by proxmox_virtual_environment_container.n8n");
});

test('what nothing needs is named, whichever role grants it', () => {
  expect(surplusPrivileges(needed(), { roles: [], own: [...needed().by.keys()] })).toEqual([]);
  expect(surplusPrivileges(needed(), { roles: [], own: [...needed().by.keys(), 'User.Modify', 'Sys.Modify'] })).toEqual(['Sys.Modify', 'User.Modify']);
  expect(surplusPrivileges(needed(), granted)).toEqual(PVE_ADMIN.filter((privilege) => !needed().by.has(privilege)).sort());
});

test('fails for a kind of resource or a role that is not known', () => {
  expect(problems({ proxmox_realm_ldap: { people: {} } })).toEqual(["resource type 'proxmox_realm_ldap' has no row in common/privileges.ts; add what it needs"]);
  expect(problems(undefined, { roles: ['Administrator'], own: ['Sys.AccessNetwork'] })[0]).toContain("role 'Administrator' is not known here");
});
