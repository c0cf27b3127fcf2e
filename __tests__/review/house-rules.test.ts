import type { HostChanges } from '../../review/document/ansible-changes';
import type { Summary } from '../../review/document/house-version';
import type { LeafChange } from '../../review/document/leaf-changes';
import { verdictOf, type Finding } from '../../review/finding';
import { judgeHouse, type HouseChange } from '../../review/house-rules';

const data = { path: '/var/lib/n8n', dataset: 'tank/data/n8n', quotaGiB: 20 };
const gauge = { unit: 'GiB', promised: 1, limit: 2 };
const summary = (...guests: { name: string; volumes: (typeof data)[] }[]): Summary => ({
  name: 'house',
  host: { name: 'pve' },
  template: { vmId: 1000, name: 'debian' },
  guests: guests.map((guest, index) => ({ vmId: 102 + index, stack: 'services', address: '192.0.2.102', gpu: false, ...guest })),
  capacity: { memory: gauge, cpu: gauge, pool: gauge },
  picture: { width: 1, height: 1, cards: [] },
});
const host = (name: string, more: Partial<HostChanges> = {}): HostChanges => ({ host: name, isNew: false, isGone: false, variables: [], rolesAdded: [], rolesGone: [], byRoot: [], ...more });
const leaf = (path: string, before?: unknown, after?: unknown): LeafChange => ({ path, before, after });

const HOUSE: HouseChange = { before: summary({ name: 'n8n', volumes: [data] }), after: summary({ name: 'n8n', volumes: [data] }), hosts: [], roles: [] };
const lines = (change: Partial<HouseChange>): string[] => judgeHouse({ ...HOUSE, ...change }).map(({ severity, rule, subject, problem, remedy }) => `${severity} ${rule} ${subject}: ${problem} | ${remedy}`);
const ofVariables = (...variables: LeafChange[]): string[] => lines({ hosts: [host('n8n', { variables })] });
const rulesOf = (found: readonly string[]): string[] => found.map((line) => line.split(' ')[1]!);

test('a house that is told the same is left alone', () => expect(lines({})).toEqual([]));

describe('volumes', () => {
  const after = (...volumes: (typeof data)[]) => ({ after: summary({ name: 'other', volumes: [] }, { name: 'n8n', volumes }) });

  test('one that is no longer mounted is a loss', () => {
    expect(lines(after())).toEqual(['loss leaves-volume n8n: the volume /var/lib/n8n is no longer mounted: the service starts without what is in tank/data/n8n | the dataset stays on the pool; copy it first, or keep the volume']);
    expect(rulesOf(lines(after({ ...data, dataset: 'tank/data/new' })))).toEqual(['leaves-volume']);
  });

  test('one at another path is looked at', () => {
    expect(lines(after({ ...data, path: '/data' }))).toEqual(['unclear moves-volume n8n: tank/data/n8n is mounted at /data instead of /var/lib/n8n: what still looks at /var/lib/n8n finds nothing | make sure that the service reads the new path']);
  });

  test('a lower quota is looked at, a higher one is everyday', () => {
    expect(lines(after({ ...data, quotaGiB: 19 }))).toEqual([
      'unclear lowers-quota n8n: the quota of tank/data/n8n falls from 20 to 19 GiB: below what is used, ZFS refuses it or the service cannot write | look first: zfs get used tank/data/n8n',
    ]);
    expect(lines(after({ ...data, quotaGiB: 21 }, { path: '/more', dataset: 'tank/data/more', quotaGiB: 1 }))).toEqual([]);
  });

  test('those of a service that comes or goes are for the plan to judge', () => {
    expect(lines({ before: null })).toEqual([]);
    expect(lines({ after: null })).toEqual([]);
    expect(lines({ before: summary({ name: 'old', volumes: [data] }) })).toEqual([]);
  });
});

describe('what a guest is told', () => {
  test('what root attaches restarts it, other than a quota', () => {
    const attached = (...paths: string[]) => lines({ hosts: [host('n8n', { byRoot: paths.map((path) => leaf(path)) })] });
    expect(attached('lxc.devices[0]', 'lxc.quota_gib', 'lxc.mounts')).toEqual(['outage attaches n8n: root attaches something else to it, for which it is restarted: lxc.devices[0], lxc.quota_gib, lxc.mounts | do it when nobody is using it']);
    expect(attached('volumes[0].quota_gib')).toEqual([]);
    expect(rulesOf(attached('quota_gib_of'))).toEqual(['attaches']);
  });

  test.each([
    ['n8n_version', '1.9.9', '2.0.0'],
    ['n8n_version', 'v1.9', 'v2.0'],
    ['postgresql_major', 16, 17],
    ['image_tag', '3', '2'],
    ['n8n_version', '1.9.9', '1.9.8'],
    ['n8n_version', '1.9.9', '1.8.10'],
    ['n8n_version', '1.9.9', '1.9'],
    ['n8n_version', '1.9.0', '1.9.x'],
  ])('%s from %s to %s is another major version, or an older one', (path, before, after) => {
    expect(ofVariables(leaf(path, before, after))).toEqual([
      `unclear changes-major n8n: ${path} goes from ${before} to ${after}: another major version, or an older one, may not read the data that is there | read its release notes, and have a backup of today`,
    ]);
  });

  test.each([
    ['n8n_version', '1.9.9', '1.10.0'],
    ['n8n_version', '1.9', '1.9.1'],
    ['n8n_version', 'v1.9.9', '1.9.9'],
    ['n8n_version', undefined, '2.0.0'],
    ['n8n_version', '1.0.0', undefined],
    ['n8n_versions', '1.0.0', '2.0.0'],
    ['n8n_port', '1.0.0', '2.0.0'],
  ])('%s from %s to %s is everyday', (path, before, after) => expect(ofVariables(leaf(path, before, after))).toEqual([]));

  test('another secret is looked at, another word around the same one is not', () => {
    const secret = (name: string, around = '') => `{{ homelab_secrets.${name} }}${around}`;
    expect(ofVariables(leaf('n8n_key', secret('n8n_key'), secret('n8n_new_key')))).toEqual([
      'unclear changes-secret n8n: n8n_key is read from another secret: what was made with the old one may not open | give the new secret the old value, or know that the service can change it',
    ]);
    expect(rulesOf(ofVariables(leaf('n8n_keys', [secret('a'), secret('b')], [secret('a'), secret('c')])))).toEqual(['changes-secret']);
    expect(ofVariables(leaf('n8n_key', secret('n8n_key'), secret('n8n_key', 'x')), leaf('n8n_key', undefined, secret('new')), leaf('n8n_key', secret('old'), undefined), leaf('', secret('a'), secret('b')))).toEqual([]);
  });

  test('who may log in is looked at, a role that goes leaves what it made', () => {
    expect(ofVariables(leaf('users[0].authorized_keys[1]', 'a', 'b'))).toEqual(['unclear changes-access n8n: users[0].authorized_keys[1] differs: other people may log in, or you may not | keep a second way in open while it is applied']);
    expect(lines({ hosts: [host('n8n', { rolesGone: ['postgresql'] })] })).toEqual(['unclear drops-role n8n: the role postgresql is not played any more; what it has installed stays as it is | remove by hand what shall go']);
  });

  test('a host that comes or goes is for the plan to judge', () => {
    const variables = [leaf('n8n_version', '1', '2')];
    expect(lines({ hosts: [host('n8n', { isNew: true, variables }), host('n8n', { isGone: true, variables, rolesGone: ['x'] })] })).toEqual([]);
  });
});

describe('the machine', () => {
  const machine = (...paths: string[]) => lines({ hosts: [host('pve', { variables: paths.map((path) => leaf(path, 'a', 'b')) })] });

  test('is named with what differs; its pool may be lost', () => {
    expect(machine('pve_bridge_address', 'x_version')).toEqual(['unclear changes-machine pve: the machine itself is set up differently: pve_bridge_address, x_version | every guest stands on it: be near it when its play runs']);
    for (const path of ['zfs_setup_pool', 'zfs_setup_vdevs[0].disks', 'zfs_setup_mountpoint', 'zfs_setup_datasets']) expect(machine('other', path)[0]).toMatch(/^loss changes-machine pve/);
    expect(machine('my_zfs_setup_pool', 'zfs_setup_arc_max')[0]).toMatch(/^unclear/);
    expect(machine()).toEqual([]);
  });

  test('is the one of the house that is left, when one of the two says none', () => {
    const hosts = [host('pve', { variables: [leaf('a_version', 1, 2)] })];
    expect(rulesOf(lines({ before: null, hosts }))).toEqual(['changes-machine']);
    expect(rulesOf(lines({ after: null, hosts }))).toEqual(['changes-machine']);
    expect(rulesOf(lines({ before: null, after: null, hosts }))).toEqual(['changes-major']);
  });
});

describe('the code of a role', () => {
  const code = (hosts: string[], changes: string[]) => lines({ roles: [{ role: 'n8n', hosts, changes }] });

  test('is told where somebody plays it, with what differs', () => {
    expect(code(['n8n', 'git', 'mail'], ['a', 'b', 'c', 'd', 'e'])).toEqual(['unclear changes-code n8n, git, mail: the code of the role n8n differs, and no rule can read what code does: a; b; c; d; e | read the difference in git']);
    expect(code([], ['a'])).toEqual([]);
  });

  test('is cut short when it is played everywhere, or differs much', () => {
    expect(code(['a', 'b', 'c', 'd'], ['1', '2', '3', '4', '5', '6'])).toEqual([expect.stringMatching(/^unclear changes-code 4 hosts: .*: 1; 2; 3; 4; 5 … \|/)]);
  });
});

test('the worst of what was found decides', () => {
  const found = (...severities: Finding['severity'][]) => verdictOf(severities.map((severity) => ({ severity, rule: 'r', subject: 's', problem: 'p', remedy: '' })));
  expect([found(), found('told', 'told'), found('told', 'outage'), found('unclear'), found('outage', 'told', 'loss')]).toEqual(['safe', 'safe', 'needs care', 'needs care', 'loses data']);
});
