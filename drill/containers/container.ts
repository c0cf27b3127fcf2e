import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { rootFolder, type ImageKind } from './image';

/** Address of the container, on bridge vmbr0, as a fresh host of this house has it. */
export const CONTAINER_ADDRESS = '192.168.88.10';
/** Address of the other end of its wire: where tests and Ansible come from. */
export const TESTER_ADDRESS = '192.168.88.1';

const BOOT_TIMEOUT_SEC = 60;

/** What a command in a container gave back. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What of a machine lies outside its root disk: it is there when it starts, and stays when the disk is lost. */
export interface Surroundings {
  /** Addresses it has besides {@link CONTAINER_ADDRESS}. */
  readonly addresses: readonly string[];
  /** Volumes: folder outside by the path inside that it is mounted on. */
  readonly volumes: Readonly<Record<string, string>>;
}

/** One call of a stand-in for a Proxmox VE command, from its log. */
export interface StandInCall {
  readonly command: string;
  readonly arguments: readonly string[];
  /** Whether data or access can be lost through it. */
  readonly destructive: boolean;
  readonly exitCode: number;
}

/**
 * A Debian 13 with systemd, dressed as a Proxmox VE host, in a network namespace of its own.
 *
 * Nothing of it is seen outside: the namespace holds only the container's wire, and everything lies in one temporary
 * folder. `stop` removes all of it; when the process ends without it, that is done then.
 */
export class Container {
  /** Temporary folder of this container: keys, inventory, console log. */
  readonly folder = mkdtempSync(join(tmpdir(), 'homelab-container-'));
  /** Name of the network namespace the tester's end is in. */
  readonly namespace = `drill-${randomBytes(4).toString('hex')}`;
  private machine?: ChildProcess;
  private leader = 0;
  private readonly stopAtExit = () => this.stop();

  private constructor(private readonly image: string, private readonly around: Surroundings) {}

  /** Root file system as the container sees it. */
  get root(): string {
    return join(this.folder, 'root');
  }

  /**
   * Starts a container and waits until systemd has started every unit. Throws with the console's end when it does not.
   * @param image a kind, or the folder of a root file system that is only read
   */
  static async start(image: ImageKind | { readonly folder: string } = 'host', around: Surroundings = { addresses: [], volumes: {} }): Promise<Container> {
    const container = new Container(typeof image === 'string' ? rootFolder(image) : image.folder, around);
    process.once('exit', container.stopAtExit);
    try {
      must('ip', ['netns', 'add', container.namespace]);
      must('ip', ['-n', container.namespace, 'link', 'set', 'lo', 'up']);
      await container.reinstall();
    } catch (error) {
      container.stop();
      throw error;
    }
    return container;
  }

  /** Shuts it down in order and starts it again. Throws when it does not go down or come back. */
  async restart(): Promise<void> {
    await this.powerOff();
    await this.boot();
  }

  /** Takes its power away, gives it a new root disk with another host key, and starts it: what lies around it stays. */
  async reinstall(): Promise<void> {
    this.kill();
    for (const name of ['root', 'upper', 'work']) rmSync(join(this.folder, name), { recursive: true, force: true });
    this.mount();
    this.makeKeys();
    await this.boot();
  }

  /** Shuts it down in order. */
  async powerOff(): Promise<void> {
    // The manager of root's own units does not go by itself where its control group is one of another machine's.
    this.run('systemctl kill --signal=KILL user@0.service; systemctl poweroff');
    for (let attempt = 0; attempt < 1800 && this.machine?.exitCode === null && this.machine.signalCode === null; attempt++) await sleep(100);
    if (this.machine?.exitCode === null) throw new Error(`container did not go down within 3 min; its console ends with:\n${this.consoleEnd()}`);
  }

  /** Runs a shell command line inside, as root. A failing command is a result, not an error. */
  run(commandLine: string, timeoutSec = 60): CommandResult {
    const args = ['--target', String(this.leader), '--all', '--wdns=/', '/bin/sh', '-c', commandLine];
    const run = spawnSync('nsenter', args, { encoding: 'utf8', timeout: timeoutSec * 1000 });
    return { status: run.status ?? -1, stdout: run.stdout.trimEnd(), stderr: run.stderr.trimEnd() };
  }

  /** Runs a command line over ssh, as Ansible would come in. */
  login(commandLine: string): CommandResult {
    const options = ['-i', join(this.folder, 'key'), '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=20'];
    const known = ['-o', `UserKnownHostsFile=${join(this.folder, 'known_hosts')}`];
    const [command, args] = this.atTester(['ssh', ...options, ...known, `root@${CONTAINER_ADDRESS}`, commandLine]);
    const run = spawnSync(command, args, { encoding: 'utf8' });
    return { status: run.status ?? -1, stdout: run.stdout.trimEnd(), stderr: run.stderr.trimEnd() };
  }

  /** Content of a file inside. Throws when it is not there. */
  read(path: string): string {
    const result = this.run(`cat '${path}'`);
    if (result.status !== 0) throw new Error(`'${path}' cannot be read in the container: ${result.stderr}`);
    return result.stdout;
  }

  /** Writes a file inside, mode 0644, making its folder. */
  write(path: string, content: string): void {
    const script = `mkdir -p "$(dirname '${path}')" && cat > '${path}'`;
    const args = ['--target', String(this.leader), '--all', '--wdns=/', '/bin/sh', '-c', script];
    const run = spawnSync('nsenter', args, { input: content, encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`'${path}' cannot be written in the container: ${run.stderr}`);
  }

  /** Every call of a Proxmox VE command since the container started. */
  calls(): StandInCall[] {
    const log = this.run('cat /var/lib/pve-stand-ins/calls.jsonl').stdout;
    return log.split('\n').filter(Boolean).map((line) => JSON.parse(line) as StandInCall);
  }

  /** Command and arguments that run something of the tester's at the other end of the wire. */
  atTester(command: readonly string[]): [string, string[]] {
    return ['nsenter', [`--net=/run/netns/${this.namespace}`, ...command]];
  }

  /** Stops the container and removes everything it made. Safe to call twice. */
  stop(): void {
    process.removeListener('exit', this.stopAtExit);
    this.kill();
    spawnSync('ip', ['netns', 'delete', this.namespace]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private kill(): void {
    if (this.leader) killQuietly(this.leader);
    if (this.machine?.pid) killQuietly(this.machine.pid);
    // The mount is busy until the last process of the container has gone.
    for (let attempt = 0; attempt < 50 && spawnSync('mountpoint', ['-q', this.root]).status === 0; attempt++) {
      if (spawnSync('umount', [this.root]).status !== 0) spawnSync('sleep', ['0.1']);
    }
  }

  private mount(): void {
    for (const name of ['root', 'upper', 'work']) mkdirSync(join(this.folder, name));
    const layers = `lowerdir=${this.image},upperdir=${join(this.folder, 'upper')},workdir=${join(this.folder, 'work')}`;
    must('mount', ['-t', 'overlay', 'overlay', '-o', layers, this.root]);
    if (this.around.addresses.length === 0) return;
    const addresses = this.around.addresses.map((address) => `\taddress ${address}/32\n`).join('');
    mkdirSync(join(this.root, 'etc/network/interfaces.d'), { recursive: true });
    writeFileSync(join(this.root, 'etc/network/interfaces.d/own'), `auto lo\niface lo inet loopback\n${addresses}`);
  }

  private makeKeys(): void {
    if (!existsSync(join(this.folder, 'key'))) must('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'drill', '-f', join(this.folder, 'key')]);
    must('ssh-keygen', ['-A', '-f', this.root]);
    appendFileSync(join(this.root, 'etc/pve/priv/authorized_keys'), this.publicKey());
    const host = readFileSync(join(this.root, 'etc/ssh/ssh_host_ed25519_key.pub'), 'utf8');
    writeFileSync(join(this.folder, 'known_hosts'), `${CONTAINER_ADDRESS} ${host}`);
  }

  /** The key the tester logs in with, one line in the form of authorized_keys. */
  publicKey(): string {
    return readFileSync(join(this.folder, 'key.pub'), 'utf8');
  }

  private async boot(): Promise<void> {
    const console_ = openSync(join(this.folder, 'console.log'), 'a');
    const options = ['--register=no', '--keep-unit', '--boot', '--console=pipe', '--resolv-conf=off', '--timezone=off'];
    const network = [`--machine=${this.namespace}`, '--network-veth-extra=wire0:nic0'];
    const volumes = Object.entries(this.around.volumes).map(([inside, outside]) => `--bind=${outside}:${inside}`);
    const [command, args] = this.atTester(['systemd-nspawn', ...options, ...network, ...volumes, `--directory=${this.root}`]);
    // Debian 13's systemd starts on the unified hierarchy only, whatever the machine itself uses.
    const env = { ...process.env, SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1' };
    this.machine = spawn(command, args, { stdio: ['ignore', console_, console_], env });
    const deadline = Date.now() + BOOT_TIMEOUT_SEC * 1000;
    this.leader = 0;
    let wired = false;
    while (Date.now() < deadline && this.machine.exitCode === null) {
      await sleep(200);
      this.leader ||= firstChild(this.machine.pid ?? 0);
      wired ||= this.wire();
      if (this.leader && /^(running|degraded)$/.test(this.run('systemctl is-system-running').stdout)) return;
    }
    throw new Error(`container did not start within ${BOOT_TIMEOUT_SEC} s; its console ends with:\n${this.consoleEnd()}`);
  }

  /** Gives the tester's end of the wire its address once nspawn has made it. */
  private wire(): boolean {
    if (spawnSync('ip', ['-n', this.namespace, 'link', 'show', 'wire0']).status !== 0) return false;
    must('ip', ['-n', this.namespace, 'address', 'add', `${TESTER_ADDRESS}/24`, 'dev', 'wire0']);
    must('ip', ['-n', this.namespace, 'link', 'set', 'wire0', 'up']);
    return true;
  }

  private consoleEnd(): string {
    return readFileSync(join(this.folder, 'console.log'), 'utf8').split('\n').slice(-15).join('\n');
  }
}

/** PID of the container's systemd: the child of nspawn, as this machine counts. 0 when there is none yet. */
function firstChild(parent: number): number {
  return Number(spawnSync('pgrep', ['--parent', String(parent)], { encoding: 'utf8' }).stdout.split('\n')[0] || 0);
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

function must(command: string, args: string[]): void {
  const run = spawnSync(command, args, { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`'${command} ${args.join(' ')}' failed: ${run.stderr ?? run.error?.message}`);
}
