import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { emit } from '../helpers/emitted';
import { withService } from '../helpers/alter';
import { root } from '../helpers/run-synth';

jest.setTimeout(300_000);
beforeAll(() => void execFileSync(process.execPath, [join(root, 'tools/python.mjs')], { stdio: 'inherit' }), 600_000);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'attach-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Programs of a host with one stopped container, whose file lies in a folder of the test. */
const programs: Readonly<Record<string, string>> = {
  pvesh: `echo '[{"vmid": 4003, "status": "stopped"}]'`,
  zfs: `case "$*" in
*mounted,mountpoint*) printf 'yes\\n/barn/volumes\\n' ;;
*mountpoint,mounted*) for last; do :; done; printf '/%s\\nyes\\n' "$last" ;;
esac`,
  pvesm: 'echo "$CONF/rootfs"',
  pct: `case "$1" in
config) sed '/^\\[/,$d' "$CONF/$2.conf" ;;
set) file=$CONF/$2.conf; shift 2; while [ $# -gt 0 ]; do printf '%s: %s\\n' "\${1#--}" "$2" > "$CONF/line"; cat "$CONF/line" "$file" > "$CONF/next"; cat "$CONF/next" > "$file"; shift 2; done ;;
esac`,
};

function host(config: string): string {
  mkdirSync(join(folder, 'bin'));
  mkdirSync(join(folder, 'rootfs'));
  for (const [name, text] of Object.entries(programs)) {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
  writeFileSync(join(folder, '4003.conf'), config);
  return join(folder, '4003.conf');
}

/** Plays what synth emits for a guest, on the host that this test is. */
function attach(guest: object): { readonly said: string; readonly status: number | null; readonly changed: boolean } {
  const vars = { guest_attach_parent_dataset: 'barn/volumes', guest_attach_config_folder: folder, guest_attach_guests: [guest] };
  const play = [{ hosts: 'localhost', connection: 'local', tasks: [{ 'ansible.builtin.import_role': { name: 'guest_attach' }, vars }] }];
  writeFileSync(join(folder, 'play.yml'), JSON.stringify(play));
  const bin = join(root, '.tools/python/bin');
  const env = { ...process.env, PATH: `${join(folder, 'bin')}:${bin}:${process.env['PATH']}`, CONF: folder, ANSIBLE_ROLES_PATH: join(root, 'ansible/roles'), ANSIBLE_HOME: join(folder, '.ansible'), ANSIBLE_NOCOLOR: '1' };
  const { status, stdout, stderr } = spawnSync(join(bin, 'ansible-playbook'), ['-i', 'localhost,', '-e', 'ansible_python_interpreter={{ ansible_playbook_python }}', 'play.yml'], { cwd: folder, encoding: 'utf8', env });
  return { said: stdout + stderr, status, changed: !/changed=0/.test(stdout) };
}

const lab = withService('miniflux', {
  features: ['keyctl', 'fuse'],
  devices: [{ path: '/dev/null' }, { path: '/dev/tty', mode: '0666', gid: 44 }],
  binds: [{ dataset: 'archive', path: '/mnt/archive', readOnly: true }, { hostPath: '/opt', path: '/mnt/opt' }],
});

/** What synth tells the role of the guest, without volumes, which need real ZFS. */
function emittedGuest(of = lab): Record<string, unknown> {
  const [{ tasks }] = emit(of).ansible('playbooks/guests/miniflux.yml');
  return { ...tasks[0].vars.guest_attach_guests[0], volumes: [] };
}

const blank = 'hostname: miniflux\nrootfs: barn:subvol-4003-disk-0,size=7G\nunprivileged: 1\nfeatures: nesting=1\n';

describe('what only root may give a container', () => {
  test('is given as it was declared, with its map of ids before the first snapshot', () => {
    const file = host(`${blank}[before]\nhostname: miniflux\n`);
    // Which ids root may hand out is a file of the machine that this test runs on.
    const mapped = emittedGuest(withService('miniflux', { idMap: [{ of: 'both', inside: 1000, onHost: 1000 }] }, lab));
    expect(mapped).toMatchObject({ host_users: ['root:1000:1'], host_groups: ['root:1000:1'] });
    const first = attach({ ...mapped, host_users: [], host_groups: [] });
    expect({ ...first, said: first.status === 0 ? '' : first.said }).toEqual({ said: '', status: 0, changed: true });
    const idmap = ['u 0 100000 1000', 'u 1000 1000 1', 'u 1001 101001 64535', 'g 0 100000 1000', 'g 1000 1000 1', 'g 1001 101001 64535'];
    expect(readFileSync(file, 'utf8')).toContain(`unprivileged: 1\nfeatures: nesting=1\n${idmap.map((line) => `lxc.idmap: ${line}\n`).join('')}[before]\nhostname: miniflux\n`);
    const lines = readFileSync(file, 'utf8').split('\n');
    expect(lines).toEqual(expect.arrayContaining([
      'mp128: /barn/archive,mp=/mnt/archive,ro=1',
      'mp129: /opt,mp=/mnt/opt',
      'dev128: /dev/null,gid=0,mode=0660,uid=0',
      'dev129: /dev/tty,gid=44,mode=0666,uid=0',
      'features: fuse=1,keyctl=1,nesting=1',
    ]));
  });

  test('what is there already keeps its place, and a second run changes nothing', () => {
    const file = host(`${blank.replace('nesting=1', 'fuse=1,keyctl=1,nesting=1')}mp3: /barn/archive,mp=/mnt/archive,ro=1\nmp0: /opt,mp=/mnt/opt\ndev0: path=/dev/null\ndev1: /dev/tty,gid=44,mode=0666\n`);
    const before = readFileSync(file, 'utf8');
    expect(attach(emittedGuest())).toMatchObject({ status: 0, changed: false });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('a shared folder that says something else now is left alone', () => {
    const file = host(`${blank}mp3: /barn/other,mp=/mnt/archive\n`);
    const { status, said } = attach(emittedGuest());
    expect(status).not.toBe(0);
    expect(said).toContain("['mp3']");
    expect(readFileSync(file, 'utf8')).toContain('mp3: /barn/other,mp=/mnt/archive');
  });

  test('a device that is not there stops before anything is changed', () => {
    const file = host(blank);
    const { status, said } = attach(emittedGuest(withService('miniflux', { devices: [{ path: '/dev/no-such-tuner' }] })));
    expect(status).not.toBe(0);
    expect(said).toContain('/dev/no-such-tuner for container 4003 (miniflux) must exist');
    expect(readFileSync(file, 'utf8')).toBe(blank);
  });

  test('a map of ids that is another one is left alone', () => {
    const file = host(`${blank}lxc.idmap: u 0 200000 65536\nlxc.idmap: g 0 200000 65536\n`);
    const { status, said } = attach({ ...emittedGuest(withService('miniflux', { idMap: [{ of: 'user', inside: 1000, onHost: 1000 }] })), host_users: [] });
    expect(status).not.toBe(0);
    expect(said).toContain('files in its disk belong to the ids of today');
    expect(readFileSync(file, 'utf8')).toContain('u 0 200000 65536');
  });
});
