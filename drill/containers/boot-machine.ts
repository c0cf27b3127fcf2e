import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inToolbox, ownFolder, whyNoMachine } from '../vm/image';
import { bootDisk } from './boot-images';
import { TESTER_ADDRESS, type Container } from './container';

/** What the machine's own disk says when it is started. */
export const DISK_TEXT = 'STARTED FROM ITS OWN DISK';
/** Where the tester and the machine are connected to the container's wire. */
export const LAN = 'lan';

const TUN = '/dev/net/tun';
const START_TIMEOUT_SEC = 120;
/** Firmware and network card. The BIOS finds iPXE in the ROM of the card, UEFI has to fetch it. */
const FIRMWARE = {
  bios: (mac: string) => ['-machine', 'pc,graphics=off', '-device', `e1000,netdev=net,mac=${mac},bootindex=0`],
  uefi: (mac: string) => [
    '-machine', 'pc', '-drive', 'if=pflash,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.fd', '-device', 'virtio-rng-pci',
    '-drive', 'if=pflash,format=raw,snapshot=on,file=/usr/share/OVMF/OVMF_VARS_4M.fd',
    '-device', `virtio-net-pci,romfile=,netdev=net,mac=${mac},bootindex=0`,
  ],
};

/** Why no machine can be started here, or undefined when one can. */
export function whyNoNetworkBoot(): string | undefined {
  const reason = whyNoMachine();
  if (reason) return reason;
  try {
    closeSync(openSync(TUN, 'r+'));
  } catch (error) {
    return `network boot needs ${TUN}, which cannot be opened (${(error as NodeJS.ErrnoException).code}); on the build host: modprobe tun`;
  }
}

/**
 * A house network around a container: the machine to be installed, and a router that gives out addresses and knows
 * nothing of network boot. Real firmware (SeaBIOS, OVMF), real iPXE, real DHCP, all inside the container's network namespace.
 */
export class BootNetwork {
  /** Disks and serial lines of the machines; in the cache, where QEMU sees them. */
  private readonly folder = ownFolder('network');
  private readonly processes: ChildProcess[] = [];
  private readonly killAtExit = () => this.processes.forEach((child) => child.kill('SIGKILL'));
  private starts = 0;

  /** The container must have dnsmasq installed, whose program also plays the router. */
  constructor(private readonly container: Container) {
    process.once('exit', this.killAtExit);
    for (const line of [
      `link add ${LAN} type bridge`, `link set wire0 master ${LAN}`, `address del ${TESTER_ADDRESS}/24 dev wire0`,
      `address add ${TESTER_ADDRESS}/24 dev ${LAN}`, `link set ${LAN} up`, 'tuntap add tap0 mode tap', `link set tap0 master ${LAN}`, 'link set tap0 up',
    ]) {
      const run = spawnSync('ip', ['-n', container.namespace, ...line.split(' ')], { encoding: 'utf8' });
      if (run.status !== 0) throw new Error(`'ip ${line}' failed: ${run.stderr}`);
    }
    this.run('router.log', [
      'setpriv', '--pdeathsig', 'KILL', 'chroot', container.root, '/usr/sbin/dnsmasq', '--keep-in-foreground', '--conf-file=/dev/null', '--port=0',
      `--interface=${LAN}`, '--bind-interfaces', '--dhcp-range=192.168.88.100,192.168.88.120,1h', '--dhcp-leasefile=/run/router.leases', '--pid-file',
      '--user=root', '--log-dhcp', '--log-facility=-',
    ]);
  }

  /**
   * Starts a machine that tries the network first and its own disk second, and waits until it has written a text or the
   * time is up. Machines may run at the same time.
   * @param firmware `uefi` is OVMF with its own network stack; it does not start the disk, which is made for a BIOS.
   * @returns everything it wrote to its serial line, the firmware's words among it
   */
  async start(mac: string, text: string, firmware: keyof typeof FIRMWARE = 'bios'): Promise<string> {
    const [name, tap] = [`machine-${++this.starts}`, `tap${this.starts}`];
    for (const line of [`tuntap add ${tap} mode tap`, `link set ${tap} master ${LAN}`, `link set ${tap} up`]) this.ip(line);
    const [disk, serial] = [join(this.folder, `${name}.img`), join(this.folder, `${name}.serial`)];
    writeFileSync(disk, bootDisk(DISK_TEXT));
    writeFileSync(serial, '');
    const [program, args] = inToolbox([
      'qemu-system-x86_64', '-accel', 'tcg', '-m', '256', '-display', 'none', '-monitor', 'none', '-serial', `file:${serial}`,
      '-netdev', `tap,id=net,ifname=${tap},script=no,downscript=no`, ...FIRMWARE[firmware](mac),
      '-drive', `file=${disk},format=raw,if=none,id=disk`, '-device', 'ide-hd,drive=disk,bootindex=1',
    ]);
    const machine = this.run(`${name}.log`, [program, ...args]);
    const deadline = Date.now() + START_TIMEOUT_SEC * 1000;
    while (Date.now() < deadline && machine.exitCode === null && !readFileSync(serial, 'utf8').includes(text)) await sleep(200);
    if (machine.exitCode !== null) throw new Error(`QEMU ended with exit code ${machine.exitCode}: ${readFileSync(join(this.folder, `${name}.log`), 'utf8')}`);
    await ended(machine);
    return readFileSync(serial, 'utf8');
  }

  /** Ends the router and every machine, and removes what they wrote. To be called before the container is stopped. */
  async stop(): Promise<void> {
    process.removeListener('exit', this.killAtExit);
    await Promise.all(this.processes.map(ended));
    rmSync(this.folder, { recursive: true, force: true });
  }

  private ip(line: string): void {
    const run = spawnSync('ip', ['-n', this.container.namespace, ...line.split(' ')], { encoding: 'utf8' });
    if (run.status !== 0) throw new Error(`'ip ${line}' failed: ${run.stderr}`);
  }

  private run(log: string, command: string[]): ChildProcess {
    const file = openSync(join(this.folder, log), 'a');
    const [program, args] = this.container.atTester(command);
    const child = spawn(program, args, { stdio: ['ignore', file, file] });
    this.processes.push(child);
    return child;
  }
}

function ended(child: ChildProcess): Promise<unknown> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  child.kill('SIGKILL');
  return new Promise((resolve) => child.once('close', resolve));
}
