import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { RebuildLab } from './rebuild-lab';

jest.setTimeout(120_000);

let lab: RebuildLab;
beforeEach(() => {
  lab = new RebuildLab();
});
afterEach(() => {
  if (existsSync(record())) rmSync(tokenFolder(), { recursive: true, force: true });
  lab.remove();
});

/** The stand-in for pve-init leaves a secret, as the real one does when it makes a token. */
const makesToken = () => `case "$all" in *pve-init*) printf 0000-1111 >"$(cat ${record()})/api-token" ;; esac`;
/** Where it is said which folder the secret waits in. */
const record = () => lab.path('.state', 'recovery', 'token-folder');
const tokenFolder = () => readFileSync(record(), 'utf8').trim();
const HOST_STEPS = ['host', 'pool', 'storages', 'card', 'guests'];

describe('order', () => {
  test('after the steps by hand, everything runs in the order in which nothing can be lost', () => {
    lab.behave(makesToken());
    const { code, stdout, stderr } = lab.run('--from', 'host', '--yes');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const order = ['pve-init,pve-bridge', 'zfs_setup', 'pve_storage,pve_template', 'nvidia-passthrough', 'pve_backup'];
    expect(lab.plays()).toEqual(order);
    const at = (words: string) => lab.calls().findIndex((call) => call.includes(words));
    const story = ['"zfs_setup"', 'pve_storage_recover', 'pve_backup_recover', 'pct start 305', 'secrets -- set proxmox_api_token', 'agree.ts', 'pvenode startall', 'state -- apply foundation --yes', 'state -- apply services --yes', 'secrets -- play metal', 'ssh '];
    const places = story.map(at);
    expect(places).not.toContain(-1);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(stdout).toMatch(/\[5\/15] host: .*: done in 0 min 0\d s/);
    expect(existsSync(record())).toBe(false);
  });

  test('names the guests of this house, and of no other, to the role that brings them back', () => {
    lab.run('--only', 'guests', '--yes');
    expect(lab.calls()[0]).toContain('"pve_backup_restore_guests":[{"vmid":301,"name":"notes"},{"vmid":305,"name":"store"}]');
  });

  test('a house without a card has no such step', () => {
    lab.remove();
    lab = new RebuildLab(['pve-init', 'zfs_setup']);
    expect(lab.run('--list').stdout).not.toContain('card');
    expect(lab.run('--only', 'card', '--yes').code).toBe(2);
    lab.run('--only', 'host', '--yes');
    expect(lab.plays()).toEqual(['pve-init']);
  });

  test('no step knows a command that destroys', () => {
    const commands = lab.run('--dry-run').stdout;
    expect(commands).not.toMatch(/destroy|zpool import .*-[fFX]|labelclear|mkfs|wipefs|token remove|terraform apply|pct restore|--force/);
  });
});

describe('where the secret of a new token waits', () => {
  test('a folder in memory that nobody can guess and only its owner may look into; a second run keeps it', () => {
    lab.behave(makesToken());
    expect(lab.run('--only', 'host', '--yes').code).toBe(0);
    const folder = tokenFolder();
    expect(folder).toMatch(/^\/dev\/shm\/homelab-rebuild-\w{16}$/);
    expect(lstatSync(folder).mode & 0o777).toBe(0o700);
    expect(lab.run('--only', 'host', '--yes').code).toBe(0);
    expect(tokenFolder()).toBe(folder);
    expect(lab.run('--only', 'token', '--yes').code).toBe(0);
    expect(existsSync(folder)).toBe(false);
  });

  test.each(['a link', 'a folder that others may look into', 'a folder that is gone'])('%s in its place is not used', (what) => {
    const planted = mkdtempSync('/dev/shm/planted-');
    const path = `${planted}/place`;
    if (what === 'a link') symlinkSync(mkdtempSync(`${planted}/mine-`), path);
    if (what === 'a folder that others may look into') chmodSync((mkdirSync(path), path), 0o755);
    mkdirSync(lab.path('.state', 'recovery'), { recursive: true });
    writeFileSync(record(), `${path}\n`);
    try {
      if (what !== 'a folder that is gone') writeFileSync(`${path}/api-token`, 'planted');
      expect(lab.run('--only', 'token', '--yes').stderr).toContain('no new token waits');
      lab.behave(makesToken());
      expect(lab.run('--only', 'host', '--yes').code).toBe(0);
      expect(tokenFolder()).not.toBe(path);
      expect(readFileSync(`${tokenFolder()}/api-token`, 'utf8')).toBe('0000-1111');
    } finally {
      rmSync(planted, { recursive: true });
    }
  });
});

describe('asking', () => {
  test('without anybody to ask, and without --yes, nothing is run', () => {
    const { code, stderr } = lab.run('--from', 'host');
    expect(code).toBe(1);
    expect(stderr).toContain('nobody is there to say yes to: rebuild: run it?');
    expect(lab.calls()).toEqual([]);
  });

  test('a yes runs one step, a no stops before the next', async () => {
    const { code, output } = await lab.atTerminal(['yes', 'no'], '--only', ...HOST_STEPS);
    expect(code).toBe(1);
    expect(lab.plays()).toEqual(['pve-init,pve-bridge']);
    expect(lab.journal()).toEqual(['host done']);
    expect(output).toContain("stopped at step 'pool': not agreed to");
  });

  test('Ctrl-C at a question runs nothing', async () => {
    expect(await lab.atTerminal(['\u0003'], '--only', 'host')).toMatchObject({ code: 130, output: expect.stringContaining('interrupted') });
    expect(lab.calls()).toEqual([]);
  });

  test('steps by hand only show their commands, and are done when the owner says so', async () => {
    await lab.atTerminal(['yes', 'yes', 'no']);
    expect(lab.calls()).toEqual([]);
    expect(lab.journal()).toEqual(['save done', 'unplug done']);
  });

  test('a step by hand that nothing can see stops an unattended run', () => {
    const { code, stderr } = lab.run('--yes');
    expect(code).toBe(1);
    expect(stderr).toContain("stopped at step 'save': only hands can do it");
    expect(stderr).toContain('docs/recovery/full-rebuild.md#0-if-the-old-system-still-runs');
  });

  test('a step by hand whose result can be seen does not', () => {
    expect(lab.run('--yes', '--only', 'install').code).toBe(0);
    lab.behave('exit 1');
    expect(lab.run('--yes', '--only', 'install').code).toBe(1);
  });
});

describe('failing', () => {
  test('a command that fails stops the run, with the page to read; the next run goes on there', () => {
    lab.behave('case "$all" in ansible-playbook*pve_storage*) exit 4 ;; esac');
    const { code, stderr } = lab.run('--only', ...HOST_STEPS, '--yes');
    expect(code).toBe(1);
    expect(stderr).toContain("stopped at step 'storages': 'ansible-playbook' ended with exit code 4");
    expect(stderr).toContain('docs/recovery/full-rebuild.md#2-to-6-the-host');
    expect(lab.journal()).toEqual(['host done', 'pool done', 'storages begun']);
  });

  test('a check that does not hold stops the run, although every command ended well', () => {
    lab.behave('case "$all" in "ansible metal"*guard*) exit 1 ;; esac');
    const { code, stderr } = lab.run('--only', ...HOST_STEPS, '--yes');
    expect(code).toBe(1);
    expect(stderr).toContain("stopped at step 'pool': its check does not hold");
    expect(lab.journal()).toEqual(['host done', 'pool begun']);
    expect(lab.plays()).not.toContain('pve_backup');
  });

  test('a program that is not there is an answer, not a stack trace', () => {
    lab.behave('');
    const { stderr } = lab.run('--only', 'token', '--yes');
    expect(stderr).toContain('no new token waits');
    expect(stderr).not.toContain('    at ');
  });

  test('Terraform is not let in when it does not agree', () => {
    lab.behave('case "$all" in node*agree.ts*) exit 1 ;; esac');
    expect(lab.run('--from', 'agree', '--yes').code).toBe(1);
    expect(lab.run('--only', 'rest', '--yes').code).toBe(1);
    expect(lab.calls().join('\n')).not.toMatch(/apply|startall/);
  });
});

describe('resuming', () => {
  /** The journal of a run that got through the pool. */
  const untilStorages = () => {
    const done = ['save', 'unplug', 'install', 'plug', 'host', 'pool'].map((step) => ({ step, is: 'done', at: '2026-01-01T00:00:00Z' }));
    lab.write('.state/recovery/journal.json', { house: 'cellar at 192.0.2.10', steps: done });
  };

  test('goes on with the first step that is not done, and looks again at what the journal says', () => {
    untilStorages();
    lab.behave('case "$all" in *nvidia-passthrough*) exit 1 ;; esac');
    lab.run('--yes');
    expect(lab.plays()).toEqual(['pve_storage,pve_template', 'nvidia-passthrough']);
    expect(lab.calls().filter((call) => call.startsWith('ansible metal')).slice(0, 2).join()).toMatch(/pveum.*guard/s);
  });

  test('a journal that says more than is true is not believed', () => {
    untilStorages();
    lab.behave('case "$all" in "ansible metal"*guard*) [ -e pool ] ;; ansible-playbook*zfs_setup*) touch pool ;; *pve_storage*) exit 1 ;; esac');
    const { stdout } = lab.run('--yes');
    expect(stdout).toContain('but its check does not hold now; it is done again');
    expect(lab.plays()).toEqual(['zfs_setup', 'pve_storage,pve_template']);
  });

  test('a journal that somebody broke is refused, and nothing is run', () => {
    lab.write('.state/recovery/journal.json', { house: 'cellar at 192.0.2.10', steps: [{ step: 'wipe', is: 'done' }] });
    const { code, stderr } = lab.run('--from', 'host', '--yes');
    expect(code).toBe(1);
    expect(stderr).toContain("names a step 'wipe', which there is not");
    expect(stderr).not.toContain('    at ');
    expect(lab.calls()).toEqual([]);
  });

  test('killed in a step, the next run waits for the command that lives on, then does the step again', async () => {
    lab.behave('case "$all" in ansible-playbook*zfs_setup*) while [ ! -e release ]; do sleep 0.1; done ;; esac');
    const killed = lab.start('--only', 'host', 'pool', 'storages', '--yes');
    await lab.called(/^ansible-playbook.*zfs_setup/);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(lab.journal()).toEqual(['host done', 'pool begun']);
    const next = lab.start('--only', 'pool', 'storages', '--yes');
    await lab.says(next, 'is still at work (process');
    expect(lab.plays()).toEqual(['pve-init,pve-bridge', 'zfs_setup']);
    lab.write('release', '');
    expect(await once(next, 'exit')).toEqual([0, null]);
    expect(lab.plays()).toEqual(['pve-init,pve-bridge', 'zfs_setup', 'zfs_setup', 'pve_storage,pve_template']);
  });

  test('Ctrl-C ends the command and the run, and the journal says how far it came', async () => {
    lab.behave('case "$all" in ansible-playbook*zfs_setup*) exec sleep 60 ;; esac');
    const run = lab.start('--only', 'host', 'pool', '--yes');
    await lab.called(/^ansible-playbook.*zfs_setup/);
    process.kill(-run.pid!, 'SIGINT');
    expect(await once(run, 'exit')).toEqual([130, null]);
    expect(lab.journal()).toEqual(['host done', 'pool begun']);
  });

  test('a second run beside the first is refused', async () => {
    lab.behave('case "$all" in ansible-playbook*) exec sleep 60 ;; esac');
    const run = lab.start('--only', 'host', '--yes');
    await lab.called(/^ansible-playbook/);
    const { code, stderr } = lab.run('--only', 'host', '--yes');
    process.kill(-run.pid!, 'SIGKILL');
    await once(run, 'exit');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('is at work here since') });
  });

  test('a finished rebuild puts its journal away', () => {
    const steps = ['save', 'unplug', 'install', 'plug', ...HOST_STEPS, 'store', 'token', 'agree', 'rest'].map((step) => ({ step, is: 'done', at: '2026-01-01T00:00:00Z' }));
    lab.write('.state/recovery/journal.json', { house: 'cellar at 192.0.2.10', steps });
    expect(lab.run('--yes')).toMatchObject({ code: 0, stdout: expect.stringContaining('every step is done') });
    expect(lab.journal()).toEqual([]);
  });
});

describe('command line', () => {
  test('a dry run shows every command and runs none', () => {
    const { code, stdout } = lab.run('--dry-run');
    expect(code).toBe(0);
    expect(stdout).toContain('recovery_roles');
    expect(stdout).toContain('install: Install Proxmox VE (by hand)');
    expect(lab.calls()).toEqual([]);
    expect(existsSync(lab.path('.state', 'recovery', 'journal.json'))).toBe(false);
  });

  test('an unknown step is wrong usage, and those that there are are named', () => {
    expect(lab.run('--only', 'wipe')).toMatchObject({ code: 2, stderr: expect.stringContaining("no step 'wipe' in this house; there are save, unplug,") });
    expect(lab.calls()).toEqual([]);
  });

  test('another inventory has its own roles beside it, and may come without stacks', () => {
    lab.write('drill/inventories/drill.json', { all: { children: { metal: { hosts: { pve: { ansible_host: '127.0.0.1', ansible_port: 2222 } } } } } });
    lab.write('drill/playbooks/metal.yml', [{ hosts: 'metal', tasks: [{ 'ansible.builtin.import_role': { name: 'zfs_setup' } }] }]);
    const { code } = lab.run('--inventory', 'drill/inventories/drill.json', '--folder', 'drill/state', '--from', 'pool', '--yes');
    expect(code).toBe(0);
    expect(lab.plays()).toEqual(['zfs_setup']);
    expect(lab.calls()[0]).toContain(`--inventory ${lab.path('drill', 'inventories', 'drill.json')}`);
    expect(existsSync(lab.path('drill', 'state', 'journal.json'))).toBe(true);
  });

  test('without what synth writes, it says how to write it', () => {
    writeFileSync(lab.path('cdktf.out/ansible/inventories/prod.yml'), '');
    expect(lab.run('--list')).toMatchObject({ code: 1, stderr: expect.stringContaining('write it with: make synth') });
  });
});
