import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** Sizes by SATA port. Small, so that a checksum over every byte takes a second; ZFS wants 64 MiB, and half for itself. */
const DISKS_MIB = [192, 80, 80, 80, 80, 80];
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
  return DISKS_MIB.map((mebibytes, port) => {
    const serial = `LABDISK000${port + 1}`;
    const file = join(folder, `${serial}.raw`);
    const handle = openSync(file, 'wx');
    ftruncateSync(handle, mebibytes * 1024 * 1024);
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
  return Object.fromEntries(disks.map(({ serial, file }) => [serial, digest(file)]));
}

function digest(file: string): string {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(4 * 1024 * 1024);
  const handle = openSync(file, 'r');
  for (let bytes = readSync(handle, chunk); bytes > 0; bytes = readSync(handle, chunk)) hash.update(chunk.subarray(0, bytes));
  closeSync(handle);
  return hash.digest('hex');
}
