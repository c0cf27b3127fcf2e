import { change, GUESTS, judged, machine, rules, VM, words } from './plans';

const template = { ...machine, vm_id: 1000, name: 'debian13-template', template: true, started: false };
const guests = [...GUESTS, { vmid: 1000, type: 'qemu' as const, name: 'debian13-template', status: 'stopped' }];
const updated = (values: Record<string, unknown>, before = template) => judged([change(['update'], before, { ...before, ...values }, { type: VM, name: 'debian13-template' })], { guests });
const DOWNLOAD = 'proxmox_virtual_environment_download_file';
const image = { id: 'local:import/debian-13.qcow2', file_name: 'debian-13.qcow2', size: 1 };
const renewed = (actions: string[], before: object | null, after: object | null, type = DOWNLOAD) =>
  judged([change(actions, before as never, after as never, { type, name: 'image' })], { guests }).notes.filter(({ rule }) => rule === 'renews-image').map(({ problem }) => problem);

describe('a template that exists', () => {
  test.each([{ agent: [{ enabled: true }] }, { cpu: [{ cores: 4 }] }, { description: 'other' }, { memory: [{ dedicated: 4096 }] }, { on_boot: true }, { tags: ['x'] }, { timeout_create: 5 }])('may change in %j, on which no clone stands', (values) => {
    expect(rules(updated(values))).not.toContain('changes-template');
  });

  test('is not changed in what its clones stand on: each value is told, and what to do', () => {
    const verdict = updated({ bios: 'ovmf', network_device: [{ bridge: 'vmbr9', mac_address: 'BC:24:11:00:03:00' }], cpu: [{ cores: 4 }] });
    expect(rules(verdict)).toContain('changes-template');
    expect(words(verdict)).toMatch(/this would change what clones of .*1000.* stand on: (bios .*, network_device\[0\]\.bridge|network_device\[0\]\.bridge .*, bios)/);
    expect(words(verdict)).toContain('of a template that exists only cores, memory, description and tags change; put the others back, and renew it under another VMID and name: docs/everyday.md, "Renew the template"');
    expect(words(verdict)).not.toContain('cpu');
  });

  test('is not let pass by an allowance', () => {
    const resource = change(['update'], template, { ...template, bios: 'ovmf' }, { type: VM, name: 'debian13-template' });
    expect(() => judged([resource], { guests, allow: ['changes-template:1000'] })).toThrow('renew it under another VMID and name: docs/everyday.md');
  });

  test('is another matter than a machine, and than anything that is no guest', () => {
    expect(rules(updated({ bios: 'ovmf' }, { ...template, template: false }))).not.toContain('changes-template');
    expect(rules(judged([change(['update'], { id: 'x', template: true, bios: 'a' }, { id: 'x', template: true, bios: 'b' }, { type: DOWNLOAD, name: 'image' })], { guests }))).not.toContain('changes-template');
  });
});

test('a template under another name is told to keep it', () => {
  const other = { ...template, name: 'debian13' };
  const verdict = judged([change(['delete'], template, null, { type: VM, name: 'old' }), change(['create'], null, other, { type: VM, name: 'new' })], { guests });
  expect(words(verdict)).toContain('a template keeps its name: put it back, or renew it beside the old one: docs/everyday.md, "Renew the template"');
});

describe('an image that is downloaded anew', () => {
  const words = 'debian-13.1.qcow2 comes in the place of debian-13.qcow2: guests and templates that exist keep what they were made of';
  const next = { ...image, file_name: 'debian-13.1.qcow2' };

  test.each([[['delete', 'create']], [['create', 'delete']], [['update']]])('is told at %j, by either name of its type', (actions) => {
    expect(renewed(actions, image, next)).toEqual([words]);
    expect(renewed(actions, image, next, 'proxmox_download_file')).toEqual([words]);
  });

  test('is told without the name that is not known yet', () => {
    expect(renewed(['delete', 'create'], image, { size: 2 })).toEqual([words.replace('debian-13.1.qcow2', 'another image')]);
  });

  test('is no matter when it is the first one, when it goes, or when it stays', () => {
    expect(renewed(['create'], null, next)).toEqual([]);
    expect(renewed(['delete'], image, null)).toEqual([]);
    expect(renewed(['no-op'], image, image)).toEqual([]);
  });

  test.each(['proxmox_download_file_list', 'x_proxmox_download_file', 'proxmox_storage_zfspool'])('is not what %s holds', (type) => {
    expect(renewed(['update'], image, next, type)).toEqual([]);
  });
});
