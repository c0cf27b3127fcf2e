import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { readHouse } from '../../adopt/house';
import { knownGuests, renderKnown } from '../../adopt/known-file';
import { renderReport } from '../../adopt/report';
import { parseSections } from '../../adopt/sections';
import { checkHomelab, formatProblem } from '../../constructs';
import { homelab } from '../../homelab';
import { HOUSES, printed } from './houses';

const ROOT = join(__dirname, '..', '..');
const read = (text: string) => readHouse(parseSections(text));

describe.each(Object.entries(HOUSES))('a house %s', (_what, { files, known, says }) => {
  const found = read(printed(files));

  test('is known by VMID, addresses and size', () => {
    expect(knownGuests(found, homelab)).toMatchObject(known);
    expect(knownGuests(found, homelab)).toHaveLength(known.length);
  });

  test('is told guest by guest', () => {
    const report = renderReport(found, homelab);
    for (const form of says) expect(report).toMatch(form);
    expect(report).not.toContain('secret');
  });

  test('is accepted by the rules of the definition', () => {
    expect(checkHomelab({ ...homelab, known: knownGuests(found, homelab) }).map(formatProblem)).toEqual([]);
  });
});

test.each([
  ['an id', { vmId: 102 }, /a VMID is used once/],
  ['an address', { addresses: ['192.168.88.246'] }, /a address is used once/],
])('a service cannot take %s of a known guest', (_what, patch, rule) => {
  const known = { vmId: 900, name: 'stranger', kind: 'container' as const, cores: 1, memoryMiB: 64, ...patch };
  const problems = checkHomelab({ ...homelab, known: [known] });
  expect(problems.map(({ rule: said }) => said)).toEqual([expect.stringMatching(rule)]);
  expect(problems[0]!.got).toContain("'stranger', a guest on the host that this house does not manage");
});

test('known guests count against the machine', () => {
  const known = { vmId: 900, name: 'greedy', kind: 'virtual machine' as const, cores: 2, memoryMiB: 64_000 };
  expect(checkHomelab({ ...homelab, known: [known] }).map(formatProblem).join()).toMatch(/RAM ceilings .*\n.*known guests 64000/);
});

test.each([
  ['nothing', '', /first line/],
  ['another text', 'hello\n', /first line/],
  ['a text that was cut off', printed({}).replace('@ end\n', ''), /cut off/],
  ['a list that is no list', printed({ resources: '{}' }), /no JSON list/],
  ['a guest whose configuration is missing', printed({}, [{ vmid: 102 }]), /guests 102, whose configuration was not read/],
])('%s is refused in words', (_what, text, words) => {
  expect(() => read(text)).toThrow(words);
});

test('guests of any configuration are read, told and written as a definition that the rules accept', () => {
  const line = fc.oneof(fc.string({ maxLength: 60 }), fc.constantFrom('cores: 99', 'memory: x', 'net0: ip=1.2.3.4/24,hwaddr=AA:BB:CC:DD:EE:FF', 'template: 1', '[snap]', 'hostname: ${a}', '#%E0%A4%A'));
  const guests = fc.dictionary(fc.integer({ min: 200, max: 999 }).map(String), fc.array(line, { maxLength: 12 }), { maxKeys: 5 });
  fc.assert(
    fc.property(guests, fc.constantFrom('lxc', 'qemu-server'), (configs, folder) => {
      const files = Object.fromEntries(Object.entries(configs).map(([vmid, lines]) => [`/etc/pve/nodes/pve/${folder}/${vmid}.conf`, lines.join('\n').replace(/[\r\n]+/g, '\n')]));
      const found = read(printed(files));
      expect(renderReport(found, homelab)).toContain(`${Object.keys(configs).length} guests`);
      const known = knownGuests(found, homelab).map((guest) => ({ ...guest, addresses: [] }));
      expect(renderKnown(known).split('\n')).toHaveLength(known.length === 0 ? 5 : known.length + 6);
      const wrong = checkHomelab({ ...homelab, known }).filter(({ rule }) => !/RAM ceilings|vCPUs/.test(rule));
      expect(wrong.map(formatProblem)).toEqual([]);
    }),
    { seed: 20261127, numRuns: 300 },
  );
});

test('the script that reads a host has no verb that writes', () => {
  const script = readFileSync(join(ROOT, 'adopt/read-host.sh'), 'utf8');
  expect(script.match(/\b(pvesh|pct|qm|zfs|zpool|pvesm) (?!pvesh|zfs|zpool)\w+/g)).toEqual(['pvesh get', 'zpool list', 'zfs list']);
  expect(script.replace(/2?>\/dev\/null|>&2|<"\$1"/g, '').match(/^[^#]*>/gm)).toBeNull();
  const run = spawnSync('sh', [join(ROOT, 'adopt/read-host.sh')], { encoding: 'utf8' });
  expect(run.status).toBe(0);
  expect(read(run.stdout).guests).toEqual([]);
});

describe('the command', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'adopt-'));
    for (const name of ['homelab', 'adopt', 'common']) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
    for (const name of ['constructs', 'node_modules', '.gen', 'tools', 'package.json', 'tsconfig.json', 'ansible']) symlinkSync(join(ROOT, name), join(folder, name));
    writeFileSync(join(folder, 'house.txt'), printed(HOUSES['made by hand in the UI']!.files));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const adopt = (...args: string[]) => spawnSync(process.execPath, ['--import', 'tsx', 'adopt/main.ts', ...args], { cwd: folder, encoding: 'utf8' });
  const known = () => readFileSync(join(folder, 'homelab', 'known.ts'), 'utf8');

  test('writes once, changes nothing the second time, and never overwrites', () => {
    expect(adopt('--write', '--from', 'house.txt')).toMatchObject({ status: 0, stdout: expect.stringContaining('wrote homelab/known.ts: 0 guests are adopted, 1 are known') });
    const written = known();
    expect(written).toContain("vmId: 201, name: 'pihole'");
    expect(adopt('--write', '--from', 'house.txt')).toMatchObject({ status: 0, stdout: expect.stringContaining('says it already') });
    writeFileSync(join(folder, 'homelab', 'known.ts'), written.replace('pihole', 'mine'));
    const run = adopt('--write', '--from', 'house.txt');
    expect(run).toMatchObject({ status: 1, stdout: expect.stringContaining('pihole'), stderr: expect.stringContaining('nothing was written') });
    expect(known()).toContain('mine');
  });

  test('writes a file for each adopted guest, tells where the host has moved on, and is done the second time', () => {
    expect(adopt('--write', '--from', 'house.txt').status).toBe(0);
    const run = adopt('--write', '--adopted', '201', '--from', 'house.txt');
    expect(run).toMatchObject({ status: 0, stdout: expect.stringContaining('1 guests are adopted, 0 are known') });
    expect(readFileSync(join(folder, 'homelab', 'adopted', 'pihole.ts'), 'utf8')).toMatch(/Proposed, .*tier 'platform', purpose 'DNS for the house \(Pi-hole\)'[^]*rootDisk: \{ storage: 'local-lvm', sizeGiB: 8 \},/);
    expect(known()).not.toContain('pihole');
    expect(adopt('--write', '--adopted', 'all', '--from', 'house.txt')).toMatchObject({ status: 0, stdout: expect.stringContaining('says it already') });
    writeFileSync(join(folder, 'house.txt'), readFileSync(join(folder, 'house.txt'), 'utf8').replace('memory: 1024', 'memory: 4096'));
    expect(adopt('--from', 'house.txt').stdout).toContain("adopted as 'pihole'\n    memoryMiB: 4096 on the host, 1024 in the definition; to keep it: write it into homelab/adopted/pihole.ts");
  });

  test.each([
    [['--from', 'house.txt', '--write', '--adopted', '999'], 1, /the host has no guest 999/],
    [['--from', 'house.txt', '--write', '--adopted', 'some'], 2, /--adopted takes VMIDs/],
    [[], 2, /say where to read/],
    [['--from', 'nowhere.txt'], 1, /cannot be read/],
    [['--host', '-oProxyCommand=x'], 2, /--host/],
    [['conquer'], 2, /takes no word, got 'conquer'/],
    [['--from', 'house.txt', '--replace'], 2, /--replace goes with --write/],
  ])('%j is refused in words', (args, status, words) => {
    const run = adopt(...args);
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status, stderr: expect.stringMatching(words) });
    expect(run.stderr).not.toContain('    at ');
  });
});
