import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** Small, so that a checksum over every byte of all six takes a second; ZFS wants at least 64 MiB. */
const DISK_MIB = 192;
/** SATA ports of the machine this house has. */
const PORTS = 6;
const MODEL = 'LAB-HDD';

/** A virtual SATA disk. */
export interface Disk {
  /** Serial number, as udev and the roles see it. */
  readonly serial: string;
  /** Its name in the machine. */
  readonly byId: string;
  /** Raw image outside. */
  readonly file: string;
}

/** Makes six empty disks in a folder. */
export function makeDisks(folder: string): Disk[] {
  return Array.from({ length: PORTS }, (_, port) => {
    const serial = `LABDISK000${port + 1}`;
    const file = join(folder, `${serial}.raw`);
    const handle = openSync(file, 'wx');
    ftruncateSync(handle, DISK_MIB * 1024 * 1024);
    closeSync(handle);
    return { serial, byId: `/dev/disk/by-id/ata-${MODEL}_${serial}`, file };
  });
}

/** QEMU options of the disks, each at its own port of the board's SATA controller. */
export function diskOptions(disks: readonly Disk[], pulled: readonly Disk[]): string[] {
  return disks.flatMap((disk, port) => {
    if (pulled.includes(disk)) return [];
    const drive = `if=none,id=disk${port},file=${disk.file},format=raw,cache=unsafe`;
    return ['-drive', drive, '-device', `ide-hd,bus=ide.${port},drive=disk${port},serial=${disk.serial},model=${MODEL}`];
  });
}

/** SHA-256 over every byte of each disk, by serial number. */
export function digests(disks: readonly Disk[]): Record<string, string> {
  const run = spawnSync('sha256sum', disks.map((disk) => disk.file), { encoding: 'utf8' });
  if (run.status !== 0) throw new Error(`the disk images cannot be read: ${run.stderr}`);
  const sums = run.stdout.trim().split('\n').map((line) => line.slice(0, 64));
  return Object.fromEntries(disks.map((disk, index) => [disk.serial, sums[index]]));
}
