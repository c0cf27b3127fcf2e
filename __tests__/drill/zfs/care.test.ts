import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { whyNoMachine } from '../../../drill/vm/image';
import { Machine } from '../../../drill/vm/machine';

const whyNot = whyNoMachine();
if (whyNot) process.stderr.write(`SKIPPED: proof and update on real ZFS: ${whyNot}\n`);
jest.setTimeout(30 * 60_000);
/** Longest that one program may take where processors are translated and busy. */
const LIMIT_SEC = 900;

const FILES = join(__dirname, '../../../ansible/roles/pve_backup/files');
const LIVE = '/tank/data/archive/data';
const CONFIG = {
  pool: 'tank', storage: 'tank', archive_storage: 'backups', dump_dir: '/tank/backups/lxc', textfile_dir: '/tmp/metrics',
  dataset: 'tank/data', state_dir: '/var/lib/pve-restore',
  // Well is a guest that has written, and finds what was there at the moment.
  services: { archive: { vmid: 130, address: '192.0.2.30', volumes: { data: '/var/lib/archive' }, health: { kind: 'command', command: 'grep -q "by 9000" paper && test "$(cat other)" = first' } } },
};

/** Stand-ins run nothing in a container: here what is started overwrites files on all its volumes, and a command finds itself in the first. */
const PCT = `#!/bin/sh
volume() { /usr/sbin/pct config "$1" | sed -n 's/^mp0: \\([^,]*\\),.*/\\1/p'; }
case $1 in
exec) cd "$(volume "$2")" && shift 3 && exec "$@" ;;
start) /usr/sbin/pct "$@" && echo "by $2" >"$(volume "$2")/paper" ;;
*) exec /usr/sbin/pct "$@" ;;
esac`;

(whyNot ? describe.skip : describe)('on real ZFS', () => {
  let machine: Machine;

  beforeAll(async () => {
    machine = new Machine();
    machine.replaceSystem();
    await machine.powerOn();
    const programs = spawnSync('sh', ['-c', 'tar -c pve-* | base64'], { cwd: FILES, encoding: 'utf8' }).stdout;
    machine.must(`
      mkdir -p /usr/local/lib/pve-care /usr/local/sbin
      base64 -d <<'TAR' | tar -x -C /usr/local/sbin
${programs}TAR
      mv /usr/local/sbin/pve-care/* /usr/local/lib/pve-care/
      cat >/etc/pve-restore.json <<'JSON'
${JSON.stringify(CONFIG)}
JSON
      zpool create tank ${machine.disks[0]!.byId}
      for name in backups data data/archive subvol-130-disk-0; do zfs create tank/$name; done
      zfs create -o refquota=32M -o acltype=posix -o xattr=sa tank/data/archive/data
      mkdir /tank/backups/lxc
      pvesm add dir backups --path /tank/backups --content backup --content-dirs backup=lxc
      pct create 130 local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst --hostname archive --storage tank --unprivileged 1
      pct set 130 --mp0 ${LIVE},mp=/var/lib/archive
      pct start 130
      cat >/usr/local/sbin/pct <<'PCT'
${PCT}
PCT
      chmod 0755 /usr/local/sbin/*
      echo first >${LIVE}/paper
      echo first >${LIVE}/other
      head -c 1000000 /dev/urandom >${LIVE}/large
      echo 'version 1' >/tank/subvol-130-disk-0/program
      work=$(mktemp -d)
      mkdir -p $work/etc/vzdump
      printf 'hostname: archive\\nmemory: 64\\nmp0: ${LIVE},mp=/var/lib/archive\\nnet0: name=eth0,bridge=vmbr0,ip=192.0.2.30/24\\nprotection: 1\\nrootfs: tank:subvol-130-disk-0,size=8M\\n' >$work/etc/vzdump/pct.conf
      tar -C $work --zstd -cf /tank/backups/lxc/vzdump-lxc-130-2026_01_01-02_30_00.tar.zst .
      pve-backup-moment --dataset tank/data`, LIMIT_SEC);
  });
  afterAll(() => machine?.stop());

  const digests = (): string => machine.must(`zpool sync; find /tank/data /tank/subvol-130-disk-0 -type f -print0 | sort -z | xargs -0 sha256sum`);

  test('a proof runs a guest that writes, and not one byte reaches what lives', () => {
    const before = digests();
    const proof = machine.run('pve-prove run 2>&1', LIMIT_SEC);
    expect(proof.stdout).toMatch(/^ok {3}archive: moment-[^]*1 of 1 services were restored to a throw-away guest and are well$/);
    expect(digests()).toBe(before);
    expect(machine.must('zfs list -H -o name -r tank | sed -n /proof/p; pct list | sed -n /9000/p; ip -o link | sed -n /proof0/p')).toBe('');
    expect(machine.must('cat /tmp/metrics/pve-prove.prom')).toContain('pve_prove_ok{of="archive"} 1');
  });

  test('a proof that is killed leaves what lives alone, and the next one removes what it left', () => {
    const before = digests();
    machine.must(`sed 's/"command": *"grep[^}]*"/"command":"kill -9 $(cat \\/tmp\\/proof)"/' /etc/pve-restore.json >/tmp/killing.json`);
    expect(machine.run(`echo $$ >/tmp/proof; exec env PVE_RESTORE_CONFIG=/tmp/killing.json pve-prove run`, LIMIT_SEC).status).not.toBe(0);
    expect(machine.must('zfs list -H -o name -r tank | grep proof')).toBe('tank/proof\ntank/proof/9000-data');
    expect(digests()).toBe(before);
    expect(machine.run('pve-prove run', LIMIT_SEC).status).toBe(0);
    expect([machine.must('zfs list -H -o name -r tank | sed -n /proof/p'), digests()]).toEqual(['', before]);
  });

  test('an update goes back with root disk and volume, which then depend on nothing that was set aside', () => {
    const before = digests();
    machine.must(`
      pve-update begin archive
      echo 'version 2' >/tank/subvol-130-disk-0/program
      echo migrated >${LIVE}/other
      rm ${LIVE}/large`, LIMIT_SEC);
    expect(digests()).not.toBe(before);
    expect(machine.must('pve-update undo archive 2>&1', LIMIT_SEC)).toContain('archive is back as of moment-');
    const after = machine.must(`zpool sync; find /tank/data/archive/data /tank/subvol-130-disk-0 -type f ! -name paper -print0 | sort -z | xargs -0 sha256sum`);
    expect(after).toBe(before.split('\n').filter((line) => !line.endsWith('/paper')).join('\n'));
    expect(machine.must('zfs get -H -o value origin tank/data/archive/data tank/subvol-130-disk-0')).toBe('-\n-');
    expect(machine.must('zfs get -H -o value refquota tank/data/archive/data')).toBe('32M');
    const kept = machine.must("pve-restore kept | cut -d' ' -f1").split('\n');
    expect(machine.must(`cat /${kept[0]!}/other /${kept[1]!}/program`)).toBe('migrated\nversion 2');
    for (const name of kept) expect(machine.run(`pve-restore drop-kept ${name}`)).toMatchObject({ status: 0 });
    expect(machine.must(`cat ${LIVE}/other`)).toBe('first');
  });
});
