import type { Machine } from './machine';

/** Checksum and size of every file below a folder, by path. */
export type Manifest = Readonly<Record<string, { readonly sha256: string; readonly bytes: number }>>;

/** Reads every file below a folder of the machine, across datasets. */
export function manifest(machine: Machine, folder: string): Manifest {
  const list = `find ${folder} -type f -print0 | sort -z`;
  const sums = lines(machine.must(`${list} | xargs -0r sha256sum`)).map((line) => [line.slice(66), line.slice(0, 64)]);
  const sizes = lines(machine.must(`${list} | xargs -0r stat -c '%s %n'`)).map((line) => line.split(/ (.*)/s) as [string, string]);
  const bytes = new Map(sizes.map(([size, path]) => [path, Number(size)]));
  return Object.fromEntries(sums.map(([path, sha256]) => [path!, { sha256: sha256!, bytes: bytes.get(path!) ?? 0 }]));
}

/** Sum of the sizes. */
export function totalBytes(files: Manifest): number {
  return Object.values(files).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Bytes of the files that were there before and are now missing or different; files that were added do not count. */
export function lostBytes(before: Manifest, after: Manifest): number {
  const lost = Object.entries(before).filter(([path, { sha256 }]) => after[path]?.sha256 !== sha256);
  return totalBytes(Object.fromEntries(lost));
}

/**
 * Fills the containers' disks and volumes of the drill's house with files of random content, as services would.
 * Also makes an archive of container 101 in the form vzdump gives it, because nothing here runs vzdump.
 */
export function liveAWhile(machine: Machine): void {
  machine.must(`
    for folder in /tank/data/gitea/repositories /tank/data/minio/data /tank/subvol-101-disk-0/etc; do
      mkdir -p $folder
      for number in 1 2 3; do head -c 3000000 /dev/urandom >$folder/file-$number; done
      echo "written in life A" >$folder/note
    done
    zfs snapshot tank/data@owner
    work=$(mktemp -d)
    mkdir -p $work/etc/vzdump
    cp /etc/pve/nodes/pve/lxc/101.conf $work/etc/vzdump/pct.conf
    cp -a /tank/subvol-101-disk-0/. $work/
    tar -C $work --zstd -cf /tank/backups/lxc/vzdump-lxc-101-$(date +%Y_%m_%d-%H_%M_%S).tar.zst .
    cp /etc/pve/nodes/pve/lxc/105.conf $work/etc/vzdump/pct.conf
    tar -C $work --zstd -cf /tank/backups/lxc/vzdump-lxc-105-$(date +%Y_%m_%d-%H_%M_%S).tar.zst ./etc/vzdump/pct.conf
    rm -rf $work
    sync
  `);
}

function lines(text: string): string[] {
  return text.split('\n').filter(Boolean);
}
