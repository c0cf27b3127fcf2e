import { createServer, type Server } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo } from 'node:net';
import { join } from 'node:path';

import { restore } from '../../care/restore/verb';
import { ROOT } from '../scripts/script-lab';
import { RestoreLab } from './restore-lab';

jest.setTimeout(120_000);
let lab: RestoreLab;
let server: Server;
let healthy: boolean;
const before = { PATH: process.env['PATH'], LAB: process.env['LAB'], PVE_RESTORE_CONFIG: process.env['PVE_RESTORE_CONFIG'], PVE_CARE_LIBRARY: process.env['PVE_CARE_LIBRARY'] };
let said: string[];

beforeEach(async () => {
  healthy = true;
  server = createServer((_, response) => response.writeHead(healthy ? 200 : 500).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  lab = new RestoreLab({ archive: { vmid: 130 } });
  lab.write('archive', 'paper', 'first');
  lab.moment('20260101T020000Z');
  lab.write('archive', 'paper', 'spoilt');
  // The host is this machine: what goes through ssh is run here.
  lab.standIn('ssh', 'for last; do :; done; exec bash -c "$last"');
  lab.standIn('pve-restore', `exec python3 ${join(ROOT, 'ansible/roles/pve_backup/files/pve-restore')} "$@"`);
  const guest = { name: 'archive', vmId: 130, address: '127.0.0.1', needs: [], health: { kind: 'http', port: (server.address() as AddressInfo).port, path: '/' } };
  mkdirSync(lab.path('cdktf.out/care'), { recursive: true });
  writeFileSync(lab.path('cdktf.out/care/manifest.json'), JSON.stringify({ host: { name: 'pve', address: '192.0.2.1' }, guests: [guest] }));
  Object.assign(process.env, { PATH: `${lab.path('bin')}:${before.PATH}`, LAB: lab.folder, ...lab.environment });
  said = [];
  for (const stream of ['log', 'error'] as const) jest.spyOn(console, stream).mockImplementation((...words: unknown[]) => void said.push(words.join(' ')));
});
afterEach(() => {
  jest.restoreAllMocks();
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  server.close();
  lab.remove();
});

const run = (options: Record<string, string | boolean> = {}, ...words: string[]) => restore.run(lab.folder, { words: words.length === 0 ? ['archive'] : words, options });

test('shows what it will replace and by what, restores, and asks the service whether it is well', async () => {
  expect(await run({ yes: true, from: '2026-01-01' })).toBe(0);
  expect(lab.read('archive', 'paper')).toBe('first');
  expect(said.join('\n')).toMatch(/stops guest 130 \(archive\) meanwhile\nreplaces tank\/data\/archive\/data .* by moment-20260101T020000Z; what is there now is kept as .*\n.*ok {3}archive[^]*1 of 1 guests are well/);
});

test('--dry-run shows it and changes nothing', async () => {
  expect(await run({ 'dry-run': true })).toBe(0);
  expect(lab.read('archive', 'paper')).toBe('spoilt');
  expect(said.join('\n')).toContain('by moment-20260101T020000Z');
});

test('without a terminal nobody can say yes, and nothing is done', async () => {
  Object.defineProperty(process.stdin, 'isTTY', { value: false, configurable: true });
  await expect(run()).rejects.toThrow('nobody is there to say yes');
  expect(lab.read('archive', 'paper')).toBe('spoilt');
});

test('a service that is not well afterwards is an exit code of 1, and says where the old data is', async () => {
  healthy = false;
  expect(await run({ yes: true, timeout: '1' })).toBe(1);
  expect(said.join('\n')).toMatch(/RED {2}archive[^]*what was there before is kept, see on the host: pve-restore kept/);
});

test.each([
  ['a service that the house has not', ['shed'], "no guest 'shed' in this house"],
  ['two services at once', ['archive', 'archive'], 'takes the name of one service'],
])('%s is refused', async (_what, words, sentence) => {
  await expect(run({ yes: true }, ...words)).rejects.toThrow(sentence);
});

test('a host without the program says how it gets there', async () => {
  lab.standIn('pve-restore', 'exit 127');
  await expect(run()).rejects.toThrow(/not on pve yet[^]*metal\.yml/);
});

test('a --timeout that is no number is refused before anything is done', async () => {
  await expect(run({ yes: true, timeout: 'soon' })).rejects.toThrow("got 'soon'");
  expect(lab.read('archive', 'paper')).toBe('spoilt');
});
