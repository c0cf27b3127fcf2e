import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { emit } from '../helpers/emitted';
import { root } from '../helpers/run-synth';
import { smallHouse } from '../helpers/small-house';
import { withHost } from '../helpers/alter';

const python = join(root, '.tools/python/bin/python');
const HASH = '$6$salt$hash';
beforeAll(() => execFileSync(process.execPath, [join(root, 'tools/python.mjs')], { stdio: 'inherit' }), 600_000);

/** A file of the output as Ansible fills it in. */
function filled(path: string, variables: Readonly<Record<string, string>> = {}, lab = smallHouse): string {
  const render = 'import sys, json, jinja2; print(jinja2.Environment(trim_blocks=True, keep_trailing_newline=True).from_string(sys.stdin.read()).render(json.loads(sys.argv[1])), end="")';
  const given = { pxe_server_root_password_hash: HASH, pxe_server_url: '', ...variables };
  return execFileSync(python, ['-c', render, JSON.stringify(given)], { input: emit(lab).text(path), encoding: 'utf8' });
}

/** A TOML file as a real parser reads it. */
function toml(text: string): Record<string, Record<string, unknown>> {
  return JSON.parse(execFileSync(python, ['-c', 'import sys, tomllib, json; print(json.dumps(tomllib.loads(sys.stdin.read())))'], { input: text, encoding: 'utf8' }));
}

describe('the answer file of Proxmox VE', () => {
  const path = 'ansible/install/loft.answer.toml';

  test('says everything the installer of 9.1 asks, and no key it does not know', () => {
    expect(toml(filled(path))).toEqual({
      global: {
        country: 'nz',
        fqdn: 'loft.attic.internal',
        keyboard: 'en-gb',
        mailto: 'root@attic.internal',
        timezone: 'Pacific/Auckland',
        'root-password-hashed': HASH,
        'root-ssh-keys': [...smallHouse.sshKeys],
        'reboot-on-error': false,
      },
      network: {
        source: 'from-answer',
        cidr: '10.61.4.5/22',
        gateway: '10.61.7.254',
        dns: '10.61.7.253',
        filter: { ID_NET_NAME_MAC: 'enx025e1faa07c3' },
        'interface-name-pinning': { enabled: true, mapping: { '02:5e:1f:aa:07:c3': 'eno3' } },
      },
      'disk-setup': { filesystem: 'ext4', filter: { ID_SERIAL_SHORT: 'NV87PEAR' }, lvm: { maxroot: 33 } },
      'first-boot': { source: 'from-iso', ordering: 'network-online' },
    });
  });

  test('names one disk by one key, and it is not one of the pool', () => {
    const { filter } = toml(filled(path))['disk-setup'] as { filter: Record<string, string> };
    expect(Object.keys(filter)).toEqual(['ID_SERIAL_SHORT']);
    expect(filled(path)).not.toContain('ZX41PLUM');
  });

  test('from a server, the first boot and the report go there', () => {
    const answer = toml(filled(path, { pxe_server_url: 'http://10.61.4.9:8069' }));
    expect(answer['first-boot']).toEqual({ source: 'from-url', url: 'http://10.61.4.9:8069/first-boot', ordering: 'network-online' });
    expect(answer['post-installation-webhook']).toEqual({ url: 'http://10.61.4.9:8069/installed' });
  });

  test('a key with quotes and other marks arrives as it is', () => {
    const odd = `${smallHouse.sshKeys[0]!.split(' ').slice(0, 2).join(' ')} it's "mine" #1 & 100 % <b>`;
    const lab = { ...smallHouse, sshKeys: [odd] };
    expect(toml(filled(path, {}, lab))['global']!['root-ssh-keys']).toEqual([odd]);
    expect(filled('ansible/install/loft.preseed.cfg', {}, lab)).toContain(`'${odd.replace("'", "'\\''")}'`);
  });
});

describe('the preseed of Debian', () => {
  const path = 'ansible/install/loft.preseed.cfg';

  test('is taken by debconf without a word', () => {
    const folder = mkdtempSync(join(tmpdir(), 'homelab-preseed-'));
    writeFileSync(join(folder, 'preseed.cfg'), filled(path));
    const check = spawnSync('debconf-set-selections', ['-c', join(folder, 'preseed.cfg')], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    // It ends with 0 even when it found mistakes.
    expect({ status: check.status, output: check.stdout + check.stderr }).toEqual({ status: 0, output: '' });
  });

  test('its shell commands are understood by a shell', () => {
    for (const line of filled(path).split('\n').filter((text) => text.includes('_command string'))) {
      const check = spawnSync('sh', ['-n', '-c', line.slice(line.indexOf(' string ') + 8)], { encoding: 'utf8' });
      expect({ line, status: check.status, output: check.stderr }).toEqual({ line, status: 0, output: '' });
    }
  });

  test.each([
    ['the one with the serial number', ['sda OTHER', 'sdb NV87PEAR'], 'partman-auto/disk sdb\ngrub-installer/bootdev sdb\n'],
    ['none when no disk has it', ['sda OTHER', 'sdb ZX41PLUM'], ''],
    ['none when two have it', ['sda NV87PEAR', 'sdb NV87PEAR'], ''],
    ['none by a part of it', ['sda NV87PEARS', 'sdb XNV87PEAR'], ''],
  ])('names a disk to write to: %s', (_what, disks, expected) => {
    const line = filled(path).split('\n').find((text) => text.includes('partman/early_command'))!;
    const standIns = `
      list-devices() { printf '%s\\n' ${disks.map((disk) => disk.split(' ')[0]).join(' ')}; }
      udevadm() { case "$3" in ${disks.map((disk) => `--name=${disk.split(' ')[0]}) echo ID_SERIAL_SHORT=${disk.split(' ')[1]};;`).join(' ')} esac; }
      debconf-set() { echo "$@"; }
    `;
    const run = spawnSync('bash', ['-c', `${standIns}\n${line.slice(line.indexOf(' string ') + 8)}`], { encoding: 'utf8' });
    expect({ output: run.stdout, errors: run.stderr }).toEqual({ output: expected, errors: '' });
  });
});

describe('the play that serves both', () => {
  let folder: string;
  const ansible = (tool: string, ...args: string[]) =>
    spawnSync(join(root, '.tools/python/bin', tool), ['-i', join(folder, 'ansible/inventories/prod.yml'), ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ANSIBLE_HOME: join(folder, '.ansible'), ANSIBLE_ROLES_PATH: join(root, 'ansible/roles'), ANSIBLE_NOCOLOR: '1', ANSIBLE_STDOUT_CALLBACK: 'minimal' },
    });
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'homelab-install-'));
    for (const [path, content] of emit(smallHouse).files) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), content);
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('passes the syntax check', () => {
    const { status, stdout, stderr } = ansible('ansible-playbook', '--syntax-check', join(folder, 'ansible/playbooks/install.yml'));
    expect({ status, output: stdout + stderr }).toMatchObject({ status: 0 });
  });

  test('is told a hash of the secret password, the same every time', () => {
    const secrets = JSON.stringify({ homelab_secrets: { host_root_password: 'correct horse' } });
    const hash = () => ansible('ansible', 'localhost', '-e', secrets, '-e', 'ansible_become=false', '-m', 'ansible.builtin.debug', '-a', 'msg={{ pxe_server_root_password_hash }}').stdout;
    const first = hash();
    expect(first).toMatch(/"\$6\$(rounds=\d+\$)?[0-9a-f]{16}\$[./0-9A-Za-z]{86}"/);
    expect(hash()).toBe(first);
  });
});

test('while the card or a disk is unknown, no answer is written and the owner is told', () => {
  const lab = withHost({ install: { country: 'nz', keyboard: 'en-gb' } });
  const emitted = emit(lab);
  expect([...emitted.files.keys()].filter((path) => path.includes('install'))).toEqual([]);
  expect(emitted.notices.join('\n')).toContain('no answers for an unattended installation are written, not declared: the address of the network card (ip link)');
});
