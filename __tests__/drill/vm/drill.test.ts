import { digests, type Disk } from '../../../drill/vm/disks';
import { liveAWhile, lostBytes, manifest, totalBytes, type Manifest } from '../../../drill/vm/data';
import { GUESTS, guestAttach, pveBackup, pveStorage, pveTemplate, recorded, TANK_DISK, zfsSetup, type Records } from '../../../drill/vm/house';
import { whyNoMachine } from '../../../drill/vm/image';
import { Machine } from '../../../drill/vm/machine';
import { play, type RoleRun } from '../../../drill/vm/play';
import { Timeline } from '../../../drill/vm/timeline';

const whyNot = whyNoMachine();
if (whyNot) console.error(`SKIPPED: the drill on a virtual machine: ${whyNot}`);

const MINUTE = 60_000;
jest.setTimeout(20 * MINUTE);

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

    step('refuses a volume that would hide files of the container', async () => {
      machine.must('mkdir -p /tank/subvol-105-disk-0/srv && echo precious >/tank/subvol-105-disk-0/srv/file');
      const volumes = [...GUESTS[1]!.volumes, { name: 'srv', dataset: 'tank/data/minio/srv', path: '/srv', quota_gib: 1 }];
      const result = await play(machine, [{ role: 'guest_attach', variables: { guest_attach_guests: [{ ...GUESTS[1], volumes }] } }]);
      expect(result.failed.join()).toContain('holds files, which the volume would hide');
      expect(machine.run('zfs list tank/data/minio/srv').status).not.toBe(0);
      expect(machine.must('pct config 105')).not.toContain('mp1');
    });

    step('refuses another container under the id, and volumes in another order', async () => {
      const foreign = [{ ...GUESTS[0], name: 'somebody-else' }];
      const reordered = [{ ...GUESTS[0], volumes: [...GUESTS[0]!.volumes].reverse() }];
      for (const [guests, words] of [[foreign, 'must be the unprivileged container somebody-else'], [reordered, 'Volumes are only ever appended']] as const) {
        const result = await play(machine, [{ role: 'guest_attach', variables: { guest_attach_guests: guests } }]);
        expect(result.failed.join()).toContain(words);
      }
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
    let hostid: string;

    beforeAll(() => {
      // One disk of the mirror breaks, and holds bytes that no tool has a name for.
      machine.must(`
        dd if=/dev/zero of=${machine.disks[4]!.byId} bs=1M 2>/dev/null || true
        echo 'nameless bytes' | dd of=${machine.disks[4]!.byId} bs=1M seek=2 conv=notrunc 2>/dev/null
        sync`);
      untouched = digests(machine.disks);
      hostid = machine.must('hostid');
    });

    const refusal = async (variables: Record<string, unknown>, words: string) => {
      const result = await play(machine, [zfsSetup(variables)]);
      expect(result.failed.join()).toContain(words);
      expect(digests(machine.disks)).toEqual(untouched);
      expect(machine.must('zpool list -H')).toBe('');
      expect(machine.must('hostid')).toBe(hostid);
      timeline.mark(`refused: ${words}`);
    };
    const other = (name: string, serials: string[], type = 'disk') => ({
      zfs_setup_pool: name,
      zfs_setup_mountpoint: `/${name}`,
      zfs_setup_vdevs: [{ type, serials }],
      zfs_setup_datasets: [],
      zfs_setup_directories: [],
    });
    const known = () => recorded(records);

    step('a pool that another host used last', () =>
      refusal({ zfs_setup_pool_guid: records.guid }, "was used last by host 'pve' with host id"));

    step('a pool that another host used last, with force for a third host', () =>
      refusal({ zfs_setup_pool_guid: records.guid, zfs_setup_force_import: true, zfs_setup_former_hostname: 'elsewhere' }, "was used last by host 'pve'"));

    step('a pool whose GUID is not the recorded one', () =>
      refusal({ ...known(), zfs_setup_pool_guid: '1234567890123456789' }, 'recorded are tank and 1234567890123456789'));

    step('two pools of one name', () => refusal(other('twin', [machine.disks[1]!.serial]), '2 pools named twin are attached'));

    step('a pool with a missing disk', () =>
      refusal({ ...other('pair', [machine.disks[3]!.serial, machine.disks[4]!.serial], 'mirror') }, 'pool pair is DEGRADED'));

    step('a pool on a disk more or less than recorded', () =>
      refusal({ ...known(), zfs_setup_vdevs: [{ type: 'mirror', serials: [TANK_DISK, machine.disks[5]!.serial] }] }, 'expected ONLINE on the serial numbers'));

    step('files where the pool would be mounted', async () => {
      machine.must('chattr -i /tank && echo "written while the pool was away" >/tank/file');
      await refusal(known(), '/tank must be absent or an empty directory');
      expect(machine.must('cat /tank/file')).toBe('written while the pool was away');
      machine.must('rm /tank/file');
    });

    step('a new pool in place of a recorded one that is missing', () =>
      refusal({ ...other('lost', [machine.disks[5]!.serial]), zfs_setup_pool_guid: '1234567890123456789', zfs_setup_create_pool: true }, 'It is missing, not new'));

    step('a new pool that nobody asked for', () => refusal(other('new', [machine.disks[5]!.serial]), 'Only for a really new pool set zfs_setup_create_pool'));

    step('a new pool on a disk with a file system', () =>
      refusal({ ...other('new', [machine.disks[5]!.serial]), zfs_setup_create_pool: true }, 'must be there exactly once and be blank'));

    step('a new pool on a disk with bytes that have no name', () =>
      refusal({ ...other('new', [machine.disks[4]!.serial]), zfs_setup_create_pool: true }, 'must be there exactly once and be blank'));

    step('a new pool on a disk of another pool', () =>
      refusal({ ...other('new', [TANK_DISK]), zfs_setup_create_pool: true }, 'must be there exactly once and be blank'));
  });

  describe('life B, where it recovers', () => {
    const known = () => zfsSetup(recorded(records));
    const everything = () => [known(), pveStorage(true), pveBackup(true), pveTemplate, guestAttach];

    for (const moment of ['Import the pool without mounting anything', 'Mount all datasets']) {
      step(`goes on after a power cut at '${moment}'`, async () => {
        const cut = (task: string) => {
          if (task.endsWith(moment)) setTimeout(() => machine.powerCut(), 500);
        };
        const result = await play(machine, [known()], { onTask: cut, timeoutSec: 300 });
        expect(result.status).not.toBe(0);
        await machine.powerOn();
        timeline.mark(`POWER CUT at '${moment}', started again`);
      });
    }

    step('brings pool, storages, backups and containers back with plain Ansible', async () => {
      await succeed(everything(), { plain: true });
      timeline.mark('rebuilt');
      expect(machine.must('hostid')).toBe(records.hostid);
      expect(machine.must('zpool status -x tank')).toContain('healthy');
      expect(machine.must('pvesm status')).toMatch(/^backups +dir +active/m);
      expect(machine.must('pct config 101')).toContain('mp0: /tank/data/gitea/repositories,mp=/var/lib/gitea');
      expect(machine.must('pct config 105')).toContain('hostname: minio');
    });

    step('has lost no byte', () => {
      const lost = lostBytes(before, manifest(machine, '/tank'));
      timeline.mark(`checksums of ${Object.keys(before).length} files compared: ${lost} bytes lost`);
      expect(lost).toBe(0);
      expect(machine.must('zfs list -H -o name -t snapshot tank/data@owner')).toBe('tank/data@owner');
      expect(machine.must('zfs list -H -o name -t snapshot tank | head -n 1')).toMatch(/^tank@pre-recovery-/);
    });

    step('changes nothing when everything is run again', async () => {
      expect((await succeed(everything())).changed).toEqual([]);
      timeline.mark('all roles again: nothing changed');
    });

    step('is still good after a restart', async () => {
      await machine.reboot();
      expect(machine.must('systemctl is-active pve-guests.service')).toBe('active');
      expect(lostBytes(before, manifest(machine, '/tank'))).toBe(0);
      expect((await succeed([known()], { check: true })).changed).toEqual([]);
      timeline.mark('restarted: pool imported by itself, no byte lost');
    });

    step('starts no guest and lets nothing be written while the disk is pulled', async () => {
      await machine.shutDown();
      await machine.powerOn([tank]);
      expect(machine.run('systemctl is-active pve-guests.service').stdout).not.toBe('active');
      expect(machine.must('journalctl -b -u pve-guests.service -o cat')).toContain('pool tank is not imported');
      expect(machine.run('echo lost >/tank/file').status).not.toBe(0);
      expect(machine.run('mkdir -p /tank/backups/lxc').status).not.toBe(0);
      expect(machine.must('pvesm status')).toMatch(/^backups +dir +inactive/m);
      await machine.shutDown();
      await machine.powerOn();
      timeline.mark('disk pulled: no guest started, nothing written; disk back');
    });

    step('never called anything that destroys', () => {
      const calls = machine.must('cat /var/lib/pve-stand-ins/calls.jsonl').split('\n').map((line) => JSON.parse(line) as { destructive: boolean });
      expect(calls.length).toBeGreaterThan(10);
      expect(calls.filter(({ destructive }) => destructive)).toEqual([]);
      const history = machine.must('zpool history tank');
      expect(history).toContain('zpool import -N');
      expect(history).not.toMatch(/zpool (upgrade|destroy|labelclear)|zfs (destroy|rollback)|zpool import .*-[FXmDT]\b/);
    });
  });
});

/** Failure of a step that was not tried. It has no stack, because there is nothing to be found where it was thrown. */
function notRun(broken: string): Error {
  const error = new Error(`not run, because '${broken}' failed`);
  error.stack = error.message;
  return error;
}
