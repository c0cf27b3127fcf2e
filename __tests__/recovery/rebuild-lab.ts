import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const ROOT = join(__dirname, '..', '..');
const TSX = pathToFileURL(require.resolve('tsx')).href;

/** Stands in for every program that a step starts: notes the call, then does what the test wants. */
const RECORDER = `#!/bin/sh
all="$(basename "$0") $*"
printf '%s\\n' "$all" >>"$LAB/calls"
. "$LAB/behaviour.sh"
`;

const PROGRAMS = ['ansible', 'ansible-playbook', 'npm', 'node', 'ssh', 'ssh-keygen'];

const container = (vmid: number, hostname: string, address: string) => ({
  vm_id: vmid,
  initialization: { hostname, ip_config: [{ ipv4: { address: `${address}/24` } }] },
});

/** What one run left behind. */
export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A house in a temporary folder, as `make synth` leaves it, with recording stand-ins for all programs. */
export class RebuildLab {
  readonly root = mkdtempSync(join(tmpdir(), 'homelab-rebuild-'));

  constructor(roles = ['pve-init', 'pve-bridge', 'zfs_setup', 'pve_storage', 'pve_template', 'nvidia-passthrough', 'pve_backup', 'node_exporter']) {
    this.write('cdktf.out/ansible/inventories/prod.yml', { all: { children: { metal: { hosts: { cellar: { ansible_host: '192.0.2.10' } } } } } });
    this.write('cdktf.out/ansible/inventories/host_vars/cellar.yml', { pve_init_api_user: 'builder@pve', pve_init_api_token: 'house' });
    this.write('cdktf.out/ansible/playbooks/metal.yml', [{ hosts: 'cellar', tasks: roles.map((name) => ({ 'ansible.builtin.import_role': { name } })) }]);
    const backend = { terraform: { backend: { s3: { endpoints: { s3: 'https://192.0.2.28:9000' } } } } };
    const stack = (containers: object) => ({ ...backend, resource: { proxmox_virtual_environment_container: containers } });
    this.write('cdktf.out/stacks/foundation/cdk.tf.json', stack({ store: container(305, 'store', '192.0.2.28') }));
    this.write('cdktf.out/stacks/services/cdk.tf.json', stack({ notes: container(301, 'notes', '192.0.2.31') }));
    for (const name of PROGRAMS) {
      this.write(`bin/${name}`, RECORDER);
      chmodSync(this.path('bin', name), 0o755);
    }
    this.write('calls', '');
    this.behave('');
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  write(path: string, content: unknown): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), typeof content === 'string' ? content : JSON.stringify(content));
  }

  /** What the stand-ins do from now on: shell, in which $all is the call. */
  behave(shell: string): void {
    this.write('behaviour.sh', `${shell}\n`);
  }

  /** Runs to the end; nobody is there to be asked. */
  run(...args: string[]): Run {
    const { status, stdout, stderr } = spawnSync(process.execPath, this.words(args), { ...this.options, encoding: 'utf8' });
    return { code: status, stdout, stderr };
  }

  start(...args: string[]): ChildProcess {
    return spawn(process.execPath, this.words(args), { ...this.options, detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
  }

  /** Waits until a started run says something. */
  says(run: ChildProcess, words: string): Promise<void> {
    let text = '';
    return new Promise((resolve, reject) => {
      run.stdout!.on('data', (chunk: Buffer) => {
        if ((text += String(chunk)).includes(words)) resolve();
      });
      run.once('close', () => reject(new Error(`it ended without saying '${words}':\n${text}`)));
    });
  }

  /** Runs at a terminal at which somebody gives one of `answers` to each question, and none typed ahead. */
  async atTerminal(answers: readonly string[], ...args: string[]): Promise<{ readonly code: number | null; readonly output: string }> {
    const command = [process.execPath, ...this.words(args)].map((word) => `'${word}'`).join(' ');
    const run = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], this.options);
    const left = [...answers];
    let output = '';
    run.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (text.includes('[yes/no]')) run.stdin.write(`${left.shift() ?? 'no'}\r`);
    });
    const [code] = (await once(run, 'close')) as [number | null];
    return { code, output };
  }

  /** Calls of stand-ins so far; what a test's behaviour notes by itself is left out. */
  calls(): string[] {
    return readFileSync(this.path('calls'), 'utf8').split('\n').filter((line) => /^(ansible|ansible-playbook|npm|node|ssh|ssh-keygen) /.test(line));
  }

  /** Roles that were run, in order, one element a play. */
  plays(): string[] {
    return this.calls().flatMap((call) => /^ansible-playbook .*"recovery_roles":\[(.*?)\]/.exec(call)?.[1]?.replaceAll('"', '') ?? []);
  }

  /** What the journal says, as `step is`. */
  journal(): string[] {
    const path = this.path('.state', 'recovery', 'journal.json');
    if (!existsSync(path)) return [];
    return (JSON.parse(readFileSync(path, 'utf8')) as { steps: { step: string; is: string }[] }).steps.map(({ step, is }) => `${step} ${is}`);
  }

  /** Waits until a stand-in was called with words. */
  async called(words: RegExp): Promise<void> {
    for (let waited = 0; !this.calls().some((call) => words.test(call)); waited++) {
      if (waited > 1200) throw new Error(`nothing was called like ${words}:\n${this.calls().join('\n')}`);
      await sleep(50);
    }
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private words(args: readonly string[]): string[] {
    return ['--import', TSX, join(ROOT, 'recovery', 'main.ts'), ...args];
  }

  private get options(): { cwd: string; env: NodeJS.ProcessEnv } {
    return { cwd: this.root, env: { PATH: `${this.path('bin')}:${process.env.PATH}`, HOME: this.root, LAB: this.root } };
  }
}
