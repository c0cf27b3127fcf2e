import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { acceleratorOptions, chosenAccelerator, rememberKvmFailure, type Accelerator } from './accelerator';
import { diskOptions, makeDisks, type Disk } from './disks';
import { inToolbox, ownFolder, systemImage, toolbox } from './image';

const STAND_INS = join(__dirname, '..', 'stand-ins');
const MEMORY_MIB = 1536;
const BOOT_TIMEOUT_SEC = { kvm: 40, tcg: 600 };

/** What a command in the machine gave back. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A virtual machine with the disk layout of this house's host: one system disk and six SATA ports.
 *
 * Everything lies in one temporary folder below the cache; `stop` removes it, and so does the end of the process.
 */
export class Machine {
  /** Temporary folder: disks, console log, inventory. */
  readonly folder = ownFolder('machine');
  /** Temporary folder for sockets, whose names may only have about a hundred characters; the path of a clone may use those up. */
  readonly sockets = mkdtempSync(join(tmpdir(), 'drill-'));
  /** The six SATA disks, in the order of the ports. */
  readonly disks = makeDisks(this.folder);
  /** Private key of root's login. */
  readonly key = systemImage().key;
  /** Port on the loopback that reaches the machine's ssh; another one after each start. */
  port = 0;
  private readonly image = systemImage();
  private systems = 0;
  private emulator?: ChildProcess;
  private readonly stopAtExit = () => this.stop();

  constructor() {
    process.once('exit', this.stopAtExit);
  }

  /** File with the host key of the present system; a new system has a new key. */
  get knownHosts(): string {
    return join(this.folder, `known_hosts-${this.systems}`);
  }

  /** Options that make ssh reach the machine as root and nobody else. */
  get sshOptions(): string[] {
    return [
      ...['-i', this.key, '-o', 'IdentitiesOnly=yes', '-o', 'BatchMode=yes', '-o', 'ConnectTimeout=20', '-o', 'LogLevel=ERROR'],
      ...['-o', 'StrictHostKeyChecking=accept-new', '-o', `UserKnownHostsFile=${this.knownHosts}`],
      // A login takes seconds by translation, so one connection serves all commands. It ends with the machine.
      ...['-o', 'ControlMaster=auto', '-o', 'ControlPersist=yes', '-o', `ControlPath=${this.sockets}/%C`],
    ];
  }

  /** Puts in a system disk with a fresh installation. The machine must be off. */
  replaceSystem(): void {
    if (this.emulator) throw new Error('the system disk cannot be replaced while the machine runs');
    if (this.systems > 0) rmSync(this.systemDisk());
    this.systems += 1;
    this.tool(['qemu-img', 'create', '-q', '-f', 'qcow2', '-F', 'qcow2', '-b', this.image.disk, this.systemDisk()]);
  }

  /**
   * Starts the machine and waits for ssh. `pulled` disks are left out.
   * Throws with the end of its console when it does not come up.
   */
  async powerOn(pulled: readonly Disk[] = []): Promise<void> {
    toolbox();
    const accelerator = chosenAccelerator();
    if (await this.start(accelerator, pulled)) return this.installStandIns();
    if (accelerator === 'kvm') {
      process.stderr.write('drill machine: does not start with KVM on this host; going on without it, which is slower\n');
      rememberKvmFailure();
      if (await this.start('tcg', pulled)) return this.installStandIns();
    }
    throw new Error(`the machine did not start; its console ends with:\n${this.console().split('\n').slice(-15).join('\n')}`);
  }

  /** Power is gone at once: no process in the machine hears of it. */
  powerCut(): void {
    const pid = this.emulator?.pid;
    this.emulator = undefined;
    if (!pid || !alive(pid)) return;
    process.kill(pid, 'SIGKILL');
    // The disks must be closed before anybody else opens them.
    while (alive(pid)) spawnSync('sleep', ['0.05']);
  }

  /** Shuts down and starts again, all disks in place. */
  async reboot(): Promise<void> {
    await this.shutDown();
    await this.powerOn();
  }

  /** Shuts down in order. */
  async shutDown(): Promise<void> {
    this.run('systemctl poweroff');
    for (let second = 0; second < 120 && this.emulator?.exitCode === null; second++) await sleep(1000);
    this.powerCut();
  }

  /** Runs a shell script in the machine, as root. A failing script is a result, not an error. */
  run(script: string, timeoutSec = 180): CommandResult {
    const args = [...this.sshOptions, '-p', String(this.port), 'root@127.0.0.1', '/bin/sh', '-s'];
    const run = spawnSync('ssh', args, { input: script, encoding: 'utf8', timeout: timeoutSec * 1000, maxBuffer: 1 << 26 });
    return { status: run.status ?? -1, stdout: run.stdout.trimEnd(), stderr: run.stderr.trimEnd() };
  }

  /** Runs a shell script that must succeed and gives what it printed. */
  must(script: string, timeoutSec = 180): string {
    const result = this.run(`set -eu\n${script}`, timeoutSec);
    if (result.status !== 0) throw new Error(`in the machine, exit code ${result.status}: ${result.stderr}\nof: ${script}`);
    return result.stdout;
  }

  /** Ends the machine and removes everything it made. Safe to call twice. */
  stop(): void {
    process.removeListener('exit', this.stopAtExit);
    this.powerCut();
    for (const folder of [this.folder, this.sockets]) rmSync(folder, { recursive: true, force: true });
  }

  private async start(accelerator: Accelerator, pulled: readonly Disk[]): Promise<boolean> {
    this.port = await freePort();
    const log = openSync(join(this.folder, 'console.log'), 'w');
    const [command, args] = inToolbox(['qemu-system-x86_64', ...this.options(accelerator, pulled)]);
    this.emulator = spawn(command, args, { stdio: ['ignore', log, log] });
    const deadline = Date.now() + BOOT_TIMEOUT_SEC[accelerator] * 1000;
    // With an accelerator that is broken, QEMU says so and then waits for ever.
    while (Date.now() < deadline && this.emulator.exitCode === null && !this.console().includes('KVM internal error')) {
      if ((await greets(this.port)) && /^(running|degraded)$/.test(this.run('systemctl is-system-running --wait', 120).stdout)) return true;
      await sleep(1000);
    }
    this.powerCut();
    return false;
  }

  private options(accelerator: Accelerator, pulled: readonly Disk[]): string[] {
    return [
      ...['-M', 'q35', ...acceleratorOptions(accelerator), '-smp', '2', '-m', String(MEMORY_MIB), '-nodefaults', '-display', 'none'],
      ...['-serial', 'stdio', '-kernel', this.image.kernel, '-initrd', this.image.initrd],
      ...['-append', 'root=/dev/vda rw console=ttyS0 net.ifnames=0 mitigations=off quiet'],
      ...['-drive', `if=virtio,file=${this.systemDisk()},format=qcow2,cache=unsafe`],
      ...['-nic', `user,model=virtio-net-pci,hostfwd=tcp:127.0.0.1:${this.port}-:22`],
      ...diskOptions(this.disks, pulled),
    ];
  }

  private systemDisk(): string {
    return join(this.folder, `system-${this.systems}.qcow2`);
  }

  /** Proxmox VE's commands, as this working tree has them; a system that has them already gets the same again. */
  private installStandIns(): void {
    const ssh = ['ssh', ...this.sshOptions, '-p', String(this.port), 'root@127.0.0.1'].map((word) => `'${word}'`).join(' ');
    const unpack = 'mkdir -p /opt/stand-ins && tar -xf - -C /opt/stand-ins && /opt/stand-ins/install.sh /';
    const run = spawnSync('sh', ['-c', `tar -C '${STAND_INS}' --exclude=__pycache__ -cf - . | ${ssh} '${unpack}'`], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`the stand-ins could not be installed in the machine: ${run.stderr}`);
  }

  private tool(command: readonly string[]): void {
    const [program, args] = inToolbox(command);
    const run = spawnSync(program, args, { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`'${command.join(' ')}' failed: ${run.stderr}`);
  }

  private console(): string {
    return readFileSync(join(this.folder, 'console.log'), 'utf8');
  }
}

function alive(pid: number): boolean {
  // A process that ended but was not yet waited for still answers to signal 0; its state says so.
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

/** Whether an ssh server speaks at a port within three seconds: QEMU accepts connections long before the machine does. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (greeted: boolean) => {
      socket.destroy();
      resolve(greeted);
    };
    socket.setTimeout(3000, () => answer(false));
    socket.once('data', () => answer(true)).once('error', () => answer(false)).once('close', () => answer(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
