import { HARMLESS, kindOf } from '../../review/kinds';
import { change, judged, n8n, rules, type Values } from './plans';

const ACTIONS: readonly [string, string[]][] = [
  ['create', ['create']],
  ['update', ['update']],
  ['delete', ['delete']],
  ['replace', ['delete', 'create']],
  ['replace', ['create', 'delete']],
  ['forget', ['forget']],
];

/** What is refused of an action on a type. */
const refused = (type: string, actions: string[], before: Values = { id: 'x', name: 'old' }, after: Values = { id: 'x', name: 'new' }): string[] =>
  rules(judged([change(actions, actions[0] === 'create' && actions.length === 1 ? null : before, actions.includes('create') || actions[0] === 'update' ? after : null, { type })]));

describe('what the judge does not know is refused by name', () => {
  test.each(['proxmox_container', 'proxmox_lxc', 'proxmox_virtual_environment_container2', 'proxmox_hardware_mapping_pci', 'docker_container', 'constructor', '__proto__'])('%s, with any action', (type) => {
    for (const [, actions] of ACTIONS) expect(refused(type, actions)).toEqual(['unknown-type']);
    expect(refused(type, ['no-op'])).toEqual([]);
  });

  test('G16: it is told which type, and passes when it is named', () => {
    const gone = change(['delete'], {}, null, { type: 'proxmox_lxc' });
    expect(judged([gone]).objections[0].problem).toContain('does not know the type proxmox_lxc, and the plan would delete one');
    expect(judged([gone], { allow: ['unknown-type:proxmox_lxc.n8n'] }).objections).toEqual([]);
  });

  test('an import of it, too', () => {
    expect(rules(judged([change(['no-op'], {}, {}, { type: 'proxmox_lxc', importing: 'x' })]))).toEqual(['unknown-type']);
  });

  test('a type of the same name of another provider is another type', () => {
    expect(rules(judged([change(['delete'], n8n, null, { provider: 'registry.terraform.io/telmate/proxmox' })]))).toEqual(['unknown-type']);
    expect(rules(judged([change(['delete'], n8n, null, { provider: 'registry.opentofu.org/bpg/proxmox' })]))).toEqual(['destroys-guest']);
  });
});

describe('what is harmless passes, each with why', () => {
  test.each(Object.entries(HARMLESS))('%s: %s', (type, why) => {
    expect(why.length).toBeGreaterThan(20);
    for (const [, actions] of ACTIONS) expect(refused(type, actions)).toEqual([]);
  });
});

describe('storages and pools stay where they are', () => {
  test.each(['cifs', 'directory', 'lvm', 'lvmthin', 'nfs', 'pbs', 'zfspool'])('storage %s, under both of its names', (name) => {
    for (const type of [`proxmox_storage_${name}`, `proxmox_virtual_environment_storage_${name}`]) {
      for (const [word, actions] of ACTIONS) {
        if (word !== 'create' && word !== 'update') expect(refused(type, actions)).toEqual(['removes-storage']);
      }
    }
  });

  const tank = { id: 'tank', content: ['images', 'rootdir'], nodes: ['pve'], disable: false, zfs_pool: 'tank', thin_provision: true };
  const changed = (values: Record<string, unknown>, unknown?: unknown): string[] =>
    rules(judged([change(['update'], tank, { ...tank, ...values }, { type: 'proxmox_storage_zfspool', unknown })]));

  test.each<[string, Record<string, unknown>]>([
    ['disabled', { disable: true }],
    ['a content less', { content: ['images'] }],
    ['no content', { content: null }],
    ['another node', { nodes: ['other'] }],
    ['another pool', { zfs_pool: 'other' }],
    ['anything that is not known', { something: 'new' }],
  ])('%s is refused', (_what, values) => expect(changed(values)).toEqual(['narrows-storage']));

  test('nodes where there were none is narrower, and a value only known after apply may be', () => {
    expect(rules(judged([change(['update'], { ...tank, nodes: [] }, tank, { type: 'proxmox_storage_zfspool' })]))).toEqual(['narrows-storage']);
    expect(changed({ zfs_pool: undefined }, { zfs_pool: true })).toEqual(['narrows-storage']);
  });

  test.each<[string, Record<string, unknown>]>([
    ['one content more', { content: ['images', 'rootdir', 'backup'] }],
    ['one node more', { nodes: ['pve', 'other'] }],
    ['all nodes', { nodes: [] }],
    ['thin or not, for volumes made later', { thin_provision: false }],
  ])('%s passes', (_what, values) => expect(changed(values)).toEqual([]));

  test('a storage that was switched off may be switched on', () => {
    expect(rules(judged([change(['update'], { ...tank, disable: true }, tank, { type: 'proxmox_storage_zfspool' })]))).toEqual([]);
  });

  test.each(['proxmox_node_disk_zfs', 'proxmox_ceph_pool'])('%s is neither made over disks, changed nor removed', (type) => {
    for (const [word, actions] of ACTIONS) {
      expect(refused(type, actions)).toEqual([word === 'create' || word === 'update' ? 'makes-pool' : 'removes-storage']);
    }
    const [objection] = judged([change(['create'], null, { name: 'tank', devices: ['/dev/sdb'] }, { type })]).objections;
    expect(objection.problem).toContain('make the zpool tank on the disks ["/dev/sdb"]');
  });
});

describe('what the house stands on is kept as it is', () => {
  test.each([
    ['proxmox_backup_job', 'changes-backup'],
    ['proxmox_acl', 'changes-right'],
    ['proxmox_user_token', 'changes-right'],
    ['proxmox_virtual_environment_user', 'changes-right'],
    ['proxmox_virtual_environment_role', 'changes-right'],
    ['proxmox_virtual_environment_firewall_rules', 'changes-firewall'],
    ['proxmox_virtual_environment_cluster_firewall', 'changes-firewall'],
    ['proxmox_network_linux_bridge', 'changes-bridge'],
    ['proxmox_network_linux_vlan', 'changes-bridge'],
    ['proxmox_virtual_environment_pool', 'changes-pool'],
    ['proxmox_pool_membership', 'changes-pool'],
  ])('%s: %s', (type, rule) => {
    for (const [word, actions] of ACTIONS) expect(refused(type, actions)).toEqual(word === 'create' ? [] : [rule]);
    expect(judged([change(['create'], null, {}, { type })]).notes).toMatchObject([{ rule: 'makes-kept', severity: 'told' }]);
  });

  test('a backup job that is switched off is told with what changes; a word for people is not', () => {
    const job = { id: 'nightly', enabled: true, vmid: ['102'], comment: 'old' };
    const planned = (values: object) => judged([change(['update'], job, { ...job, ...values }, { type: 'proxmox_backup_job' })]);
    expect(planned({ enabled: false, vmid: [] }).objections[0].problem).toContain('update the backup job nightly: enabled true -> false, vmid[0] 102 -> nothing');
    expect(rules(planned({ comment: 'new' }))).toEqual([]);
  });
});

test.each(['proxmox_download_filex', 'xproxmox_storage_nfs', 'proxmox_storage_', 'toString'])('%s is no name of a known type', (type) => {
  expect(kindOf(type)).toBe('unknown');
});
