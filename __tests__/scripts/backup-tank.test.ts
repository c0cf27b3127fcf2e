import { join } from 'node:path';

import { ROOT, ScriptLab } from './script-lab';

const SCRIPT = join(ROOT, 'scripts', 'backup-tank');

/** The host is this machine: what goes through ssh is run here, with stand-ins for the host's commands. */
let lab: ScriptLab;
beforeEach(() => {
  lab = new ScriptLab();
  lab.standIn('ssh', 'for last; do :; done; exec bash -c "$last"');
  lab.standIn('pvesh', `echo '{"id":"nightly","all":1,"storage":"archives","mode":"snapshot","compress":"zstd","exclude":"120","notes-template":"{{guestname}} of the house"}'`);
  for (const name of ['vzdump', 'systemctl', 'journalctl']) lab.standIn(name);
});
afterEach(() => lab.remove());

const backup = (...args: string[]) => lab.run(SCRIPT, ['--host', '192.0.2.10', ...args]);

test("backs up what the job says, the way the job does, then the host's configuration, then verifies", () => {
  expect(backup()).toMatchObject({ code: 0, stdout: expect.stringContaining('can be read') });
  const [ssh, ...onHost] = lab.calls();
  expect(ssh).toContain('root@192.0.2.10');
  expect(onHost).toEqual([
    'pvesh get /cluster/backup/nightly --output-format json',
    'vzdump --all 1 --storage archives --mode snapshot --compress zstd --exclude 120 --notes-template {{guestname}} of the house',
    'systemctl start pve-host-config-backup.service',
    'systemctl start pve-backup-verify.service',
  ]);
});

test('takes only the guests that are named', () => {
  backup('105', '114', '--job', 'weekly');
  expect(lab.calls().slice(1, 3)).toEqual(['pvesh get /cluster/backup/weekly --output-format json', 'vzdump 105 114 --storage archives --mode snapshot --compress zstd --notes-template {{guestname}} of the house']);
});

test('--verify backs nothing up', () => {
  expect(backup('--verify')).toMatchObject({ code: 0 });
  expect(lab.calls().slice(1)).toEqual(['systemctl start pve-backup-verify.service']);
});

test('--dry-run prints what would be run on the host, and reaches nobody', () => {
  expect(backup('--dry-run')).toMatchObject({ code: 0, stdout: expect.stringContaining('pve-backup-verify.service') });
  expect(lab.calls()).toEqual([]);
});

test.each([
  ['there is no such job', 'pvesh'],
  ['a guest cannot be backed up', 'vzdump'],
  ['an archive cannot be read', 'systemctl'],
])('fails when %s, and goes no further', (_, program) => {
  lab.standIn(program, 'exit 2');
  expect(backup()).toMatchObject({ code: 1, stderr: expect.stringContaining('the backup on 192.0.2.10 failed') });
  const programs = lab.calls().map((call) => call.split(' ')[0]);
  expect(programs.filter((name) => name !== 'journalctl').at(-1)).toBe(program);
});

test('says why the host cannot be reached', () => {
  lab.standIn('ssh', "echo 'ssh: connect to host 192.0.2.10 port 22: No route to host' >&2; exit 255");
  expect(backup()).toMatchObject({ code: 1, stderr: expect.stringMatching(/No route to host[^]*failed, see above/) });
});

test.each([[['--force'], "unknown option '--force'"], [['all'], "by its id, got 'all'"], [['--job'], '--job needs a value'], [['--job', '../x'], 'is no name of a job']])('%j is wrong usage', (args, words) => {
  expect(backup(...args)).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
  expect(lab.calls()).toEqual([]);
});

test('--help tells the exit codes', () => {
  expect(backup('--help')).toMatchObject({ code: 0, stdout: expect.stringContaining('Exit codes: 0') });
});
