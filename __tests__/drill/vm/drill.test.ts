import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { digests, type Disk } from '../../../drill/vm/disks';
import { liveAWhile, lostBytes, manifest, totalBytes, type Manifest } from '../../../drill/vm/data';
import { GUESTS, guestAttach, pveBackup, pveStorage, pveTemplate, recorded, TANK_DISK, zfsSetup, type Records } from '../../../drill/vm/house';
import { whyNoMachine } from '../../../drill/vm/image';
import { Machine } from '../../../drill/vm/machine';
import { play, type RoleRun } from '../../../drill/vm/play';
import { rebuild } from '../../../drill/vm/rebuild';
import { attemptAll, type Attempt } from '../../../drill/vm/refusals';
import { REFUSED } from '../../../drill/vm/refused';
import { Timeline } from '../../../drill/vm/timeline';

const whyNot = whyNoMachine();
if (whyNot) process.stderr.write(`SKIPPED: the drill on a virtual machine: ${whyNot}\n`);

/** Names of all tasks of a role. */
function taskNames(role: string): string[] {
  const folder = join(__dirname, '../../../ansible/roles', role, 'tasks');
  return readdirSync(folder).flatMap((file) => [...readFileSync(join(folder, file), 'utf8').matchAll(/^- name: (.+)$/gm)].map(([, name]) => name!));
}

const MINUTE = 60_000;
jest.setTimeout(30 * MINUTE);

/**
 * One house lives twice. Life A: installed, used, backed up; then the power goes and the system disk with it.
 * Life B: a fresh system meets the old disks. The tests are one story and run in order.
 */
(whyNot ? describe.skip : describe)('a house that lives twice', () => {
  let machine: Machine;
  let tank: Disk;
  let timeline: Timeline;
  let records: Records;
  let before: Manifest;

  beforeAll(async () => {
    timeline = new Timeline();
    machine = new Machine();
    tank = machine.disks.find(({ serial }) => serial === TANK_DISK)!;
    machine.replaceSystem();
    await machine.powerOn();
    timeline.mark('life A: a fresh system and six blank disks');
  });

  afterAll(() => {
    machine?.stop();
    process.stderr.write(`${timeline?.toString() ?? ''}\n`);
  });

  /** A test that only makes sense when everything before it went well: the rest of the story is not told twenty minutes long. */
  let broken: string | undefined;
  const step = (name: string, run: () => void | Promise<void>) =>
    test(name, async () => {
      if (broken) throw notRun(broken);
      broken = name;
      await run();
      broken = undefined;
    });

  /** Runs roles that must succeed, and gives what they changed. */
  const succeed = async (roles: readonly RoleRun[], options: Parameters<typeof play>[2] = {}) => {
    const result = await play(machine, roles, options);
    expect({ status: result.status, failed: result.failed }).toEqual({ status: 0, failed: [] });
    return result;
  };

  describe('life A', () => {
    const create = zfsSetup({ zfs_setup_create_pool: true });
    const everything = [create, pveStorage(true), pveBackup(false), pveTemplate, guestAttach];

    step('check mode on a fresh host says what it would do and changes nothing', async () => {
      const disks = digests(machine.disks);
      const result = await succeed(everything.slice(0, 4), { check: true });
      expect(result.changed.length).toBeGreaterThan(5);
      expect(digests(machine.disks)).toEqual(disks);
      expect(machine.run('test -e /usr/local/sbin/tank-guard || test -e /tank').status).not.toBe(0);
      timeline.mark('check mode on the fresh host');
    });

    step('makes the pool on the blank disk that is named, and on no other', async () => {
      const others = machine.disks.filter((disk) => disk !== tank);
      const blank = digests(others);
      await succeed(everything.slice(0, 4));
      expect(digests(others)).toEqual(blank);
      expect(machine.must('zpool list -H -o name,health')).toBe('tank\tONLINE');
      expect(machine.must('zpool status -LP tank')).toContain(machine.must(`readlink -f ${tank.byId}`));
      expect(machine.must('findmnt -ln -o SOURCE,TARGET -t zfs')).toMatch(/tank\/backups +\/tank\/backups/);
      timeline.mark('pool, storages, backups and snippet set up');
    });

    step('attaches volumes to the containers that exist and skips the one that does not', async () => {
      for (const { vmid, name } of GUESTS.slice(0, 2)) {
        machine.must(`
          zfs create -o refquota=64M -o acltype=posix -o xattr=sa tank/subvol-${vmid}-disk-0
          mkdir /tank/subvol-${vmid}-disk-0/etc
          pct create ${vmid} local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst --hostname ${name} --storage tank --unprivileged 1 --features nesting=1
          pct start ${vmid}`);
      }
      const result = await succeed([guestAttach]);
      expect(result.said.join('\n')).toContain('Container 199 (later) does not exist yet');
      const config = machine.must('pct config 101');
      expect(config).toContain('mp0: /tank/data/gitea/repositories,mp=/var/lib/gitea');
      expect(config).toContain('mp1: /tank/data/gitea/attachments,mp=/srv/attachments,ro=1');
      expect(config).toContain('features: keyctl=1,nesting=1');
      expect(machine.must('stat -c %u:%g /tank/data/gitea/repositories')).toBe('100000:100000');
      expect(machine.must('zfs get -Hp -o value refquota tank/data/gitea/repositories')).toBe(String(2 ** 30));
      timeline.mark('volumes attached');
    });

    step('changes nothing when everything is run again', async () => {
      expect((await succeed(everything)).changed).toEqual([]);
      timeline.mark('all roles again: nothing changed');
    });

    step('refuses volumes that would hide files, stand in another order or belong to another container', async () => {
      machine.must('mkdir -p /tank/subvol-105-disk-0/srv && echo precious >/tank/subvol-105-disk-0/srv/file');
      const hiding = { name: 'srv', dataset: 'tank/data/minio/srv', path: '/srv', quota_gib: 1 };
      const attach = (guest: object): Attempt => ({
        run: { role: 'guest_attach', variables: { guest_attach_guests: [guest] } },
        unchanged: '! zfs list tank/data/minio/srv && ! pct config 105 | grep mp1 && pct config 101 | grep "mp0: /tank/data/gitea/repositories"',
      });
      const said = await attemptAll(machine, [
        attach({ ...GUESTS[1], volumes: [...GUESTS[1]!.volumes, hiding] }),
        attach({ ...GUESTS[0], volumes: [...GUESTS[0]!.volumes].reverse() }),
        attach({ ...GUESTS[0], name: 'somebody-else' }),
      ]);
      expect(said[0]).toContain('holds files, which the volume would hide');
      expect(said[1]).toContain('Volumes are only ever appended');
      expect(said[2]).toContain('must be the unprivileged container somebody-else');
      timeline.mark('attachments that would harm were refused');
    });

    step('takes backups that can be read, and notices when one is missing', async () => {
      expect(machine.run('/usr/local/sbin/pve-backup-verify --help').status).toBe(0);
      liveAWhile(machine);
      machine.must('systemctl start pve-host-config-backup.service');
      const archive = machine.must('ls /tank/backups/host-config');
      expect(machine.must(`tar --zstd -tf /tank/backups/host-config/${archive}`)).toContain('etc/pve/nodes/pve/lxc/101.conf');
      expect(machine.must(`stat -c %a /tank/backups/host-config /tank/backups/host-config/${archive}`)).toBe('700\n600');
      machine.must('systemctl start pve-backup-verify.service');
      expect(machine.must('cat /var/lib/prometheus/node-exporter/pve-backup.prom')).toContain('pve_backup_newest_readable{of="101"} 1');
      machine.must('pct create 120 local:vztmpl/x.tar.zst --hostname nobody --storage tank --unprivileged 1');
      const missing = machine.run('systemctl start pve-backup-verify.service; journalctl -u pve-backup-verify.service -o cat');
      expect(missing.stdout).toContain('guest 120 has no backup');
      machine.must('rm /etc/pve/nodes/pve/lxc/120.conf');
      timeline.mark('data written, backups taken and read back');
    });

    step('ends with a power cut, after which the system disk is gone', async () => {
      before = manifest(machine, '/tank');
      records = { guid: machine.must('zpool get -Hp -o value guid tank'), hostid: machine.must('hostid') };
      // For the refusals: two pools of one name, a mirror that will lose a disk, a disk with a file system.
      machine.must(`
        zpool create twin ${machine.disks[1]!.byId} && zpool export twin
        zpool create twin ${machine.disks[2]!.byId} && echo twin >/twin/file
        zpool create pair mirror ${machine.disks[3]!.byId} ${machine.disks[4]!.byId} && echo pair >/pair/file
        mkfs.ext4 -q ${machine.disks[5]!.byId}
        sync; zpool sync`);
      machine.powerCut();
      timeline.mark(`POWER CUT with ${Object.keys(before).length} files of ${totalBytes(before)} bytes on the pool; system disk replaced`);
      machine.replaceSystem();
      await machine.powerOn();
      timeline.mark('life B: a fresh system and the old disks');
      expect(machine.must('zpool list -H')).toBe('');
      expect(machine.must('hostid')).not.toBe(records.hostid);
    });
  });

  describe('life B, where it refuses and every byte stays as it was', () => {
    let untouched: Record<string, string>;
    const after: Record<string, string>[] = [];
    let said: string[];

    step('everything that must be refused is tried, in one session', async () => {
      // One disk of the mirror breaks, and holds bytes that no tool has a name for.
      machine.must(`
        size=$(blockdev --getsize64 ${machine.disks[4]!.byId})
        head -c "$size" /dev/zero >${machine.disks[4]!.byId}
        echo 'nameless bytes' | dd of=${machine.disks[4]!.byId} bs=1M seek=2 conv=notrunc status=none
        sync`);
      untouched = digests(machine.disks);
      const same = `[ -z "$(zpool list -H)" ] && [ "$(hostid)" = ${machine.must('hostid')} ]`;
      const attempts = REFUSED.map(({ variables, before, unchanged }, index) => ({
        // The whole role once; what refuses is the part about the pool.
        run: { ...zfsSetup(variables(records)), part: index === 0 ? 'main' : 'pool' },
        before,
        unchanged: [same, unchanged].filter(Boolean).join(' && '),
      }));
      said = await attemptAll(machine, attempts, (index) => (after[index] = digests(machine.disks)));
      timeline.mark(`${said.length} calls that could cost data refused, every byte on six disks as before`);
    });

    REFUSED.forEach(({ what, words }, index) => {
      step(what, () => {
        expect(said[index]).toContain(words);
        expect(after[index]).toEqual(untouched);
      });
    });

    step('and in the end every byte of all six disks is as it was', () => expect(digests(machine.disks)).toEqual(untouched));
  });

  describe('life B, where it recovers', () => {
    const known = () => zfsSetup(recorded(records));
    const everything = () => [known(), pveStorage(true), pveBackup(true), pveTemplate, guestAttach];

    let importedAtBoot: boolean;

    /** Runs zfs_setup until a task has begun, cuts the power and starts again. @returns whether the power was cut */
    const cutAt = async (moment: string, run: RoleRun, options: Parameters<typeof play>[2] = {}): Promise<boolean> => {
      // A renamed task would take the cut away unseen.
      expect(taskNames('zfs_setup')).toContain(moment);
      let cut = false;
      const onTask = (task: string) => {
        if (!task.endsWith(moment) || cut) return;
        cut = true;
        setTimeout(() => machine.powerCut(), 700);
      };
      const result = await play(machine, [run], { ...options, onTask });
      expect(result.status === 0).toBe(!cut);
      if (cut) await machine.powerOn();
      timeline.mark(cut ? `POWER CUT in '${moment}', started again` : `'${moment}' was no longer needed`);
      return cut;
    };

    step('goes on after a power cut during the import', async () => {
      // The new system has never seen the pool, so this cut must happen.
      expect(await cutAt('Import the pool without mounting anything', { ...known(), part: 'pool' })).toBe(true);
      importedAtBoot = machine.must('zpool list -H -o name') === 'tank';
    });

    step('goes on after a power cut during the mounts, with plain Ansible', async () => void (await cutAt('Mount all datasets', { ...known(), part: 'pool' }, { plain: true })));

    step('make rebuild brings pool, storages, backups and containers back, unattended', async () => {
      const { code, said } = await rebuild(machine, everything(), (done) => timeline.mark(`make rebuild: ${done} done`));
      expect({ code, said: code === 0 ? '' : said }).toEqual({ code: 0, said: '' });
      await succeed([guestAttach]);
      timeline.mark('rebuilt');
      expect(machine.must('hostid')).toBe(records.hostid);
      expect(machine.must('zpool status -x tank')).toContain('healthy');
      expect(machine.must('pvesm status')).toMatch(/^backups +dir +active/m);
      expect(machine.must('pct config 101')).toContain('mp0: /tank/data/gitea/repositories,mp=/var/lib/gitea');
      expect(machine.must('pct config 105')).toContain('hostname: minio');
    });

    step('has lost no byte', () => {
      const lost = lostBytes(before, manifest(machine, '/tank'));
      timeline.mark(`checksums of ${Object.keys(before).length} files compared; bytes lost: ${lost}`);
      expect(lost).toBe(0);
      expect(machine.must('zfs list -H -o name -t snapshot tank/data@owner')).toBe('tank/data@owner');
      // When the import had just finished as the power went, the next boot imported and mounted the pool before any role ran.
      if (!importedAtBoot) expect(machine.must('zfs list -H -o name -t snapshot tank | head -n 1')).toMatch(/^tank@pre-recovery-/);
    });

    step('changes nothing when everything is run again', async () => {
      expect((await succeed(everything())).changed).toEqual([]);
      timeline.mark('all roles again: nothing changed');
    });

    step('is still good after a restart', async () => {
      await machine.reboot();
      expect(machine.must('systemctl is-active pve-guests.service')).toBe('active');
      expect(lostBytes(before, manifest(machine, '/tank'))).toBe(0);
      const history = machine.must('zpool history tank');
      expect(history).toContain('zpool import -N');
      expect(history).not.toMatch(/zpool (upgrade|destroy|labelclear)|zfs (destroy|rollback)|zpool import .*-[FXmDT]\b/);
      timeline.mark('restarted: pool imported by itself; bytes lost: 0');
    });

    step('starts no guest and lets nothing be written while the disk is pulled', async () => {
      await machine.shutDown();
      await machine.powerOn([tank]);
      expect(machine.run('systemctl is-active pve-guests.service').stdout).not.toBe('active');
      expect(machine.must('journalctl -b -u pve-guests.service -o cat')).toContain('pool tank is not imported');
      expect(machine.run('echo lost >/tank/file').status).not.toBe(0);
      expect(machine.run('mkdir -p /tank/backups/lxc').status).not.toBe(0);
      expect(machine.must('pvesm status')).toMatch(/^backups +dir +inactive/m);
      timeline.mark('disk pulled: no guest started, nothing written');
    });

    step('never called anything that destroys', () => {
      const calls = machine.must('cat /var/lib/pve-stand-ins/calls.jsonl').split('\n').map((line) => JSON.parse(line) as { destructive: boolean });
      expect(calls.length).toBeGreaterThan(10);
      expect(calls.filter(({ destructive }) => destructive)).toEqual([]);
    });
  });
});

/** Failure of a step that was not tried. It has no stack, because there is nothing to be found where it was thrown. */
function notRun(broken: string): Error {
  const error = new Error(`not run, because '${broken}' failed`);
  error.stack = error.message;
  return error;
}
