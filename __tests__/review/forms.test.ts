import { guestText, macsOf, nameOf, shown, changesOf, vmidOf } from '../../review/change';
import { disksByGuest, parseDiskList, parseGuestList } from '../../review/host';
import { parseJson } from '../../review/plan-json';
import { parsePlan } from '../../review/parse-plan';
import { differences, isMasked, isSame, isUnset, listOf, pathText, valueAt, valueText } from '../../review/values';
import { gibOf } from '../../review/volumes';
import { change, CONTAINER, machine, n8n, planOf, VM } from './plans';

describe('values', () => {
  test('a path leads to what is there, by own keys alone', () => {
    const tree = { a: [{ b: 1 }], none: null, text: 'x' };
    expect([valueAt(tree, ['a', 0, 'b']), valueAt(tree, []), valueAt(tree, ['a', 1, 'b']), valueAt(tree, ['none', 'b']), valueAt(tree, ['text', 'length']), valueAt(tree, ['constructor'])]).toEqual([1, tree, undefined, undefined, undefined, undefined]);
  });

  test('a mask covers what it marks, what is in it, and what holds something marked', () => {
    const mask = { a: true, b: [{ c: true }, { c: false }], d: {}, e: null };
    const masked = (...path: (string | number)[]) => isMasked(mask, path);
    expect([masked('a'), masked('a', 0, 'x'), masked('b'), masked('b', 0), masked('b', 0, 'c'), masked()]).toEqual([true, true, true, true, true, true]);
    expect([masked('b', 1), masked('b', 1, 'c'), masked('d'), masked('e'), masked('f', 0), isMasked(undefined, ['a']), isMasked(false, [])]).toEqual([false, false, false, false, false, false, false]);
  });

  test.each([null, undefined, '', 0, false, [], {}, { a: null, b: [], c: { d: '' } }])('%j says nothing', (value) => expect(isUnset(value)).toBe(true));
  test.each([1, 'a', true, [0], { a: 1 }, { a: { b: [null] } }])('%j says something', (value) => expect(isUnset(value)).toBe(false));

  test.each<[unknown, unknown]>([
    [1, 1],
    [null, ''],
    [{}, null],
    [[], undefined],
    [{ a: 1, b: null }, { a: 1, c: '' }],
    [[{ a: 1 }, 2], [{ a: 1, b: 0 }, 2]],
  ])('%j and %j are the same to the provider', (one, other) => {
    expect([isSame(one, other), isSame(other, one), differences(one, other)]).toEqual([true, true, []]);
  });

  test.each<[unknown, unknown, string[]]>([
    [1, 2, ['']],
    [1, '1', ['']],
    [{ a: 1 }, { a: 2, b: 3 }, ['a', 'b']],
    [{ a: 1 }, null, ['a']],
    [[1, 2], [1], ['[1]']],
    [[1], [1, 2], ['[1]']],
    [[1], { 0: 1 }, ['']],
    [{ a: [{ b: 1, c: 1 }] }, { a: [{ b: 2, c: 1 }] }, ['a[0].b']],
    [{ a: {} }, { a: 1 }, ['a']],
    [{ a: 'x' }, { a: ['x'] }, ['a[0]']],
  ])('%j and %j differ at %j', (one, other, paths) => {
    expect([isSame(one, other), isSame(other, one)]).toEqual([false, false]);
    expect(differences(one, other).map(pathText)).toEqual(paths);
  });

  test('keys of an object are its own: one called like a function is missing in the other', () => {
    expect(isSame({ toString: 1 }, {})).toBe(false);
    expect(isSame({}, { toString: 1 })).toBe(false);
  });

  test('a path is written as Terraform does, a value on one line', () => {
    expect(pathText(['a', 0, 'b', 'c', 12])).toBe('a[0].b.c[12]');
    expect([null, undefined, '', 0, false, 'a\n\t b ', { a: 1 }, [1]].map(valueText)).toEqual(['nothing', 'nothing', 'nothing', '0', 'false', 'a b', '{"a":1}', '[1]']);
    expect([valueText('x'.repeat(80)), valueText('x'.repeat(81))]).toEqual(['x'.repeat(80), `${'x'.repeat(80)}…`]);
    expect(valueText('a\u202eb\u0007c')).toBe('a b c');
  });

  test('blocks are the objects of a list', () => expect([listOf([{ a: 1 }, null, 'x', { b: 2 }]), listOf({ a: 1 }), listOf(null)]).toEqual([[{ a: 1 }, { b: 2 }], [], []]));
});

describe('a guest in values', () => {
  test.each<[Record<string, unknown> | null, number | null]>([
    [{ vm_id: 102 }, 102],
    [{ vm_id: '102', id: '7' }, 102],
    [{ id: '300' }, 300],
    [{ id: 'pve/300' }, null],
    [{ id: '300x' }, null],
    [{ vm_id: 1.5 }, null],
    [{ vm_id: true }, null],
    [{}, null],
    [null, null],
  ])('%j has the VMID %s', (values, vmid) => expect(vmidOf(values)).toBe(vmid));

  test('its name is that of its system, or its own', () => {
    expect([nameOf(n8n), nameOf(machine), nameOf({ name: '' }), nameOf({ initialization: [{}], name: 'x' }), nameOf({ initialization: [{ hostname: 5 }] }), nameOf(null)]).toEqual(['n8n', 'windows', null, 'x', null, null]);
  });

  test('its MAC addresses are all that it has, in capitals', () => {
    expect(macsOf({ network_interface: [{ mac_address: 'aa:bb' }, {}], network_device: [{ mac_address: '' }, { mac_address: 'CC:dd' }, { mac_address: 1 }] })).toEqual(['AA:BB', 'CC:DD']);
    expect(macsOf(null)).toEqual([]);
  });

  test('it is named in words, by what it was before', () => {
    const words = (before: Record<string, unknown> | null, after: Record<string, unknown> | null, type = CONTAINER) => guestText(changesOf(planOf([change(['update'], before, after, { type })]))[0]!);
    expect([words(n8n, { ...n8n, vm_id: 7 }), words(null, machine, VM), words({}, null)]).toEqual(['the container 102 (n8n)', 'the virtual machine 300 (windows)', 'the container without a VMID']);
  });
});

describe('a change', () => {
  const one = (more: object) => changesOf(planOf([{ ...change(['update'], { a: 1, b: 's' }, { a: 2, b: 't' }), ...more } as never]))[0]!;

  test('shows what was and will be, and never what is sensitive on either side', () => {
    const masked = (before: unknown, after: unknown, unknown?: unknown) =>
      shown(one({ change: { actions: ['update'], before: { a: 1 }, after: { a: 2 }, before_sensitive: before, after_sensitive: after, after_unknown: unknown } }), ['a']);
    expect(masked({}, {})).toBe('1 -> 2');
    expect(masked({ a: true }, {})).toBe('(sensitive) -> (sensitive)');
    expect(masked({}, { a: true })).toBe('1 -> (sensitive)');
    expect(masked({}, {}, { a: true })).toBe('1 -> (known after apply)');
    expect(masked({ a: true }, { a: true }, { a: true })).toBe('(sensitive) -> (known after apply)');
  });

  test('is named by its last word when the plan does not name it, and knows why and from where it is', () => {
    expect(one({ name: undefined, address: 'module.x.t.last' }).name).toBe('last');
    expect(one({ action_reason: 'why' })).toMatchObject({ name: 'n8n', reason: 'why', isImport: false, drift: null });
    expect(one({})).toMatchObject({ reason: null });
    expect(one({ deposed: 'abcd' }).address).toBe(`${CONTAINER}.n8n (deposed abcd)`);
  });

  test('is an import when it says so, and what is only read is no change', () => {
    const imported = (importing: unknown) => one({ change: { actions: ['no-op'], before: {}, after: {}, importing } }).isImport;
    expect([imported({ id: 'x' }), imported({}), imported(null), imported(undefined)]).toEqual([true, true, false, false]);
    expect(changesOf(planOf([{ ...change(['read'], null, {}), mode: 'data' }, change(['no-op'], {}, {})]))).toHaveLength(1);
    expect(changesOf({})).toEqual([]);
  });

  test('has the drift of its former address, and that of an object left behind is not its own', () => {
    const drifted = (address: string) => ({ resource_drift: [{ ...change(['update'], { a: 0 }, { a: 1 }), address }] });
    const drift = (more: object, address: string) => changesOf(planOf([{ ...change(['update'], {}, {}), ...more }], drifted(address)))[0]!.drift;
    expect(drift({}, `${CONTAINER}.n8n`)).toEqual({ before: { a: 0 }, after: { a: 1 } });
    expect(drift({ previous_address: `${CONTAINER}.old` }, `${CONTAINER}.old`)).not.toBeNull();
    expect(drift({ previous_address: `${CONTAINER}.old` }, `${CONTAINER}.n8n`)).not.toBeNull();
    expect(drift({ deposed: 'abcd' }, `${CONTAINER}.n8n`)).toBeNull();
    expect(drift({}, `${CONTAINER}.other`)).toBeNull();
  });
});

test.each<[unknown, number | null]>([
  [8, 8],
  ['8', 8 / 1024 ** 3],
  ['8K', 8 / 1024 ** 2],
  ['512M', 0.5],
  ['8G', 8],
  ['8g', 8],
  ['8GiB', 8],
  ['8GB', 8],
  ['1.5T', 1536],
  ['big', null],
  ['8 G', null],
  ['x8G', null],
  ['8Gx', null],
  ['', null],
  [null, null],
])('%j is %s GiB', (size, gib) => expect(gibOf(size)).toBe(gib));

describe('what the host prints', () => {
  test('guests are read with a VMID and a type each; anything else is another command', () => {
    expect(parseGuestList('[{"vmid":102,"type":"lxc"}]')).toEqual([{ vmid: 102, type: 'lxc' }]);
    expect(parseGuestList('[]')).toEqual([]);
    const other = /^the guest list is not a list of guests with a vmid and a type each\n {2}write it with: pvesh get \/cluster\/resources --type vm --output-format json$/;
    for (const text of ['{}', 'null', '[null]', '[{"vmid":"102","type":"lxc"}]', '[{"vmid":102}]', '[{"vmid":1.5,"type":"lxc"}]', '[{"vmid":102,"type":"lxc"},{}]']) expect(() => parseGuestList(text)).toThrow(other);
    expect(() => parseGuestList('')).toThrow(/^the guest list is not JSON: it is empty\n {2}write it with: pvesh/);
    expect(() => parseGuestList('secret')).toThrow(/^the guest list is not JSON\n/);
  });

  test('disks are lines, each of the guest that its name says, the first of several', () => {
    expect(parseDiskList(' tank \n\n\ttank/vm-102-disk-0\r\n')).toEqual(['tank', 'tank/vm-102-disk-0']);
    const owners = disksByGuest(['tank', 'subvol-101-disk-0', 'local:base-102-disk-1', 'tank/vm-102-disk-0', 'tank/basevol-103-disk-0', 'tank/myvm-104-disk-0', 'tank/vm-105-state-x', 'tank/subvol-x-disk-0']);
    expect([...owners]).toEqual([[101, 'subvol-101-disk-0'], [102, 'local:base-102-disk-1'], [103, 'tank/basevol-103-disk-0']]);
  });
});

test('what is no plan is refused by its name, and nothing of it is repeated', () => {
  const no = /^the plan is not the JSON of a Terraform plan\n {2}write it with: terraform show -json PLANFILE$/;
  for (const text of ['[]', 'null', '{}', '{"format_version":"1.2"}', '{"planned_values":{}}', '{"format_version":1,"planned_values":{}}']) expect(() => parsePlan(text)).toThrow(no);
  expect(() => parseJson('{"password": canary', 'the plan', 'mend it')).toThrow(/^the plan is not JSON\n {2}mend it$/);
  expect(() => parseJson(' \n', 'the plan', 'mend it')).toThrow('the plan is not JSON: it is empty');
  expect(parsePlan('{"format_version":"1.2","planned_values":null}')).toEqual({ format_version: '1.2', planned_values: null });
});
