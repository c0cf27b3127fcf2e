import { checkHomelab, formatProblem } from '../../../constructs';
import { serviceOf, withService, withServices } from '../../helpers/alter';
import { emit, type Json } from '../../helpers/emitted';
import { smallHouse } from '../../helpers/small-house';

const guest = 'proxmox_virtual_environment_container';
const renamed = withService('miniflux', { name: 'reader', role: 'miniflux', formerly: ['news', 'miniflux'] });
const retired = { ...withServices([serviceOf('garage'), serviceOf('valkey')]), retired: [{ name: 'miniflux', vmId: 4003, address: '10.61.6.23' }] };

describe('a renamed service', () => {
  const emitted = emit(renamed);

  test('keeps its guest and the trigger that configures it, from the oldest name on', () => {
    expect(emitted.stack('services').moved).toEqual(
      [guest, 'null_resource'].flatMap((type) => [
        { from: `${type}.news`, to: `${type}.miniflux` },
        { from: `${type}.miniflux`, to: `${type}.reader` },
      ]),
    );
    expect(emitted.stack('foundation')).not.toHaveProperty('moved');
  });

  test('keeps its dataset under the oldest name, and the catalogue says so', () => {
    const [attach] = emitted.ansible('playbooks/guests/reader.yml');
    expect(attach.tasks[0].vars.guest_attach_guests).toEqual([
      { vmid: 4003, name: 'reader', volumes: [{ name: 'feeds', dataset: 'barn/volumes/news/feeds', path: '/srv/miniflux', quota_gib: 13 }] },
    ]);
    expect(emitted.text('docs/catalogue.md')).toContain('barn/volumes/news/feeds');
  });

  test.each([
    ['another service has now', withService('miniflux', { formerly: 'valkey' }), /'valkey', which is the service 'valkey'/],
    ['a retired one has', { ...withService('miniflux', { formerly: 'old' }), retired: [{ name: 'old', vmId: 4009, address: '10.61.6.99' }] }, /the retired 'old'/],
    ['another one had as well', withService('valkey', { formerly: 'old' }, withService('miniflux', { formerly: 'old' })), /the former name of 'valkey'/],
  ])('cannot have had a name that %s', (_whose, lab, got) => {
    const problems = checkHomelab(lab);
    expect(problems.map(formatProblem)).toHaveLength(1);
    expect(problems[0].got).toMatch(got);
  });
});

describe('a retired service', () => {
  const emitted = emit(retired);

  test('is forgotten by Terraform in whichever stack it was, and its guest is left as it is', () => {
    for (const stack of emitted.stacks) {
      expect((stack.removed as Json[]).map(({ from, lifecycle }) => [from, lifecycle])).toEqual([
        [`${guest}.miniflux`, [{ destroy: false }]],
        ['null_resource.miniflux', [{ destroy: false }]],
      ]);
    }
  });

  test('is named to the owner at every synth, with its VMID', () => {
    expect(emitted.notices).toContainEqual(expect.stringMatching(/^miniflux: retired; guest 4003 is left as it is/));
  });

  test.each([
    ['VMID', { vmId: 4003 }],
    ['address', { address: '10.61.6.23' }],
    ['name', { name: 'miniflux', role: 'valkey' }],
  ])('keeps its %s: nobody else may take it', (what, patch) => {
    const problems = checkHomelab(withService('valkey', patch, retired));
    expect(problems.map(({ rule, got }) => `${rule}: ${got}`)).toEqual([
      expect.stringMatching(new RegExp(`a ${what} is used once in the house: .*the retired 'miniflux', whose guest is still there`)),
    ]);
  });
});

test('a service that needs another is configured after it, whatever their order in the definition', () => {
  const reversed = withServices([...smallHouse.services].reverse());
  const { valkey, miniflux } = emit(reversed).resources('null_resource');
  expect(miniflux.depends_on).toEqual(['null_resource.valkey']);
  expect(valkey).not.toHaveProperty('depends_on');
});
