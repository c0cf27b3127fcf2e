import { join } from 'node:path';

import type { House } from '../../recovery/house';
import { commandText as typed } from '../../common/shell';
import { helpFor, type Step } from '../../recovery/step';
import { rebuildSteps } from '../../recovery/steps';
import { waitingTokenPath } from '../../recovery/waiting-token';

const house: House = {
  inventory: '/house/prod.yml',
  own: true,
  node: 'cellar',
  address: '192.0.2.10',
  roles: ['pve-init', 'pve-bridge', 'zfs_setup', 'pve_storage', 'pve_template', 'nvidia-passthrough', 'pve_backup'],
  guests: [{ vmid: 301, name: 'notes' }, { vmid: 305, name: 'store' }],
  startingGuests: [301, 305],
  stateGuest: { vmid: 305, name: 'store', address: '192.0.2.105', port: 9000 },
  pool: 'barn',
  token: 'terraform@pve!iac',
};
const folder = '/house/.state/recovery';
const steps = (more: Partial<House> = {}, unattended = false) => rebuildSteps({ house: { ...house, ...more }, folder, unattended });
const ids = (list: readonly Step[]) => list.map(({ id }) => id);
const named = (id: string, list = steps()): Step => list.find((step) => step.id === id)!;
const lines = ({ commands }: Step) => commands.map(typed);

describe('the way', () => {
  test('is by hand first, then the host, then the state and Terraform', () => {
    expect(ids(steps())).toEqual(['save', 'unplug', 'install', 'plug', 'host', 'pool', 'storages', 'card', 'guests', 'store', 'token', 'agree', 'rest', 'health', 'backup']);
    expect(steps().map(({ section }) => section)).toEqual([0, 1, 1, 1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 9, 9]);
    expect(ids(steps().filter(({ by }) => by === 'owner'))).toEqual(['save', 'unplug', 'install', 'plug']);
    expect(steps().slice(4).map(({ by }) => by)).toEqual(Array.from({ length: 11 }, () => 'program'));
  });

  test('of a drill ends with the guests: nothing of Terraform or the secrets is in it', () => {
    for (const drill of [{ own: false }, { guests: undefined }]) expect(ids(steps(drill)).at(-1)).toBe('guests');
  });

  test('leaves out what the host does not play, and plays all of it where the play is not known', () => {
    expect(ids(steps({ roles: ['pve-bridge', 'pve_storage'] })).slice(4, 6)).toEqual(['host', 'storages']);
    expect(lines(named('host', steps({ roles: ['pve-bridge'] })))[1]).toContain('"recovery_roles":["pve-bridge"]');
    expect(ids(steps({ roles: undefined })).slice(4, 9)).toEqual(['host', 'pool', 'storages', 'card', 'guests']);
  });

  test('has no step for an object store that is elsewhere', () => expect(ids(steps({ stateGuest: undefined })).slice(-5)).toEqual(['token', 'agree', 'rest', 'health', 'backup']));

  test('has words for people, and a page for each failure', () => {
    for (const step of steps()) expect(step).toMatchObject({ title: expect.stringMatching(/\S/), does: expect.stringMatching(/\S/), help: expect.stringMatching(/^[\w-]+$/) });
    expect(helpFor(named('pool'))).toBe('docs/recovery/full-rebuild.md#2-to-6-the-host');
  });
});

describe('by hand', () => {
  test('the old system is let go in order, and the new one has its name, address and key', () => {
    expect(lines(named('save'))).toEqual(["ssh root@192.0.2.10 'systemctl stop pve-guests.service'", "ssh root@192.0.2.10 'systemctl start pve-host-config-backup.service'", "ssh root@192.0.2.10 'zpool export barn'"]);
    expect(lines(named('unplug'))).toEqual([]);
    expect(named('install').does).toContain('the old name cellar and the old address 192.0.2.10');
    expect(lines(named('install'))).toEqual(['ssh-keygen -R 192.0.2.10', 'ssh root@192.0.2.10 pveversion']);
  });

  test('what can be looked at is looked at', () => {
    expect(typed(named('install').check!)).toBe(`ansible metal --inventory /house/prod.yml -m ansible.builtin.shell -a '{"cmd":"pveversion"}'`);
    expect(named('plug').check!.at(-1)).toContain('zpool import');
    expect([named('save').check, named('unplug').check]).toEqual([undefined, undefined]);
  });
});

describe('on the host', () => {
  const play = (id: string) => JSON.parse(named(id).commands.at(-1)![4]!) as Record<string, unknown>;

  test.each([
    ['host', { recovery_roles: ['pve-init', 'pve-bridge'], pve_init_api_token_secret_file: waitingTokenPath({ folder }) }],
    ['pool', { recovery_roles: ['zfs_setup'] }],
    ['storages', { recovery_roles: ['pve_storage', 'pve_template'], pve_storage_recover: true }],
    ['card', { recovery_roles: ['nvidia-passthrough'], nvidia_passthrough_reboot: true }],
    ['guests', { recovery_roles: ['pve_backup'], pve_backup_recover: true }],
  ])('step %s plays its roles with the switches of a rebuild', (id, variables) => {
    const command = named(id).commands.at(-1)!;
    expect(play(id)).toEqual(variables);
    expect(command.slice(0, 4)).toEqual(['ansible-playbook', '--inventory', '/house/prod.yml', '-e']);
    expect(command.at(-1)).toMatch(/recovery\/roles\.yml$/);
  });

  test('the guests are named to the role that brings them back, and to its check, and to no other', () => {
    const guests = JSON.stringify({ pve_backup_restore_guests: house.guests });
    expect(named('guests').commands.at(-1)).toContain(guests);
    expect(named('guests').check).toContain(guests);
    expect(named('pool').commands.at(-1)).not.toContain(guests);
    expect(named('pool').check).not.toContain(guests);
    const unknown = named('guests', steps({ guests: undefined }));
    expect([...unknown.commands.at(-1)!, ...unknown.check!].join()).not.toContain('"pve_backup_restore_guests":');
  });

  test('a folder for the new token is made before the role that fills it, and found by its record', () => {
    const [make, play] = named('host').commands;
    expect([make!.slice(0, 2), make!.slice(3)]).toEqual([['bash', '-c'], ['token-folder', join(folder, 'token-folder')]]);
    expect(make![2]).toMatch(/^set -euo pipefail\nfolder=[^]*\numask 077\nmkdir -p [^]*mktemp -d \/dev\/shm\/homelab-rebuild-X+ >"\$1\.new"\nmv "\$1\.new" "\$1"$/);
    expect(JSON.parse(play![4]!)).toMatchObject({ pve_init_api_token_secret_file: `{{ lookup('ansible.builtin.file', "${join(folder, 'token-folder')}") }}/api-token` });
  });

  test('a step is done when what all its roles leave behind is there', () => {
    const script = (id: string, more: Partial<House> = {}) => (JSON.parse(named(id, steps(more)).check!.at(-1)!) as { cmd: string }).cmd;
    expect(script('host')).toMatch(/^set -e\npveum user token list .*\nip -brief -4 address show dev /);
    expect(script('host', { roles: ['pve-bridge'] })).toMatch(/^set -e\nip -brief/);
    expect(script('pool')).toBe('set -e\n/usr/local/sbin/{{ zfs_setup_pool }}-guard');
    expect(named('storages', steps({ roles: ['pve_template'] })).check).toBeUndefined();
  });
});

describe('the state and Terraform', () => {
  test('the store is started alone and waited for; the lock answers when it is there', () => {
    const { commands, check, title, does } = named('store');
    expect(commands[0]!.at(-1)).toBe(JSON.stringify({ cmd: 'pct status 305 | grep -q running || pct start 305' }));
    expect(typed(commands[1]!)).toBe("ansible metal --inventory /house/prod.yml -m ansible.builtin.wait_for -a 'host=192.0.2.105 port=9000 timeout=180'");
    expect(check).toEqual(['npm', 'run', '--silent', 'state', '--', 'lock']);
    expect(`${title} ${does}`).toContain('container 305 (store) alone');
  });

  test('the token goes from memory into the secrets and nowhere else', () => {
    const [command] = named('token').commands;
    expect(command!.slice(0, 2)).toEqual(['bash', '-c']);
    expect(command!.slice(3)).toEqual(['token', join(folder, 'token-folder'), 'terraform@pve!iac']);
    const lines = command![2]!.split('\n');
    expect(lines[0]).toBe('set -euo pipefail');
    expect(lines.at(-2)).toBe(`npm run --silent secrets -- set proxmox_api_token < <(printf '%s=' "$2"; cat "$folder/api-token")`);
    expect(lines.at(-1)).toBe('rm -r "$folder" "$1"');
  });

  test('the host is trusted anew, and Terraform agrees before anything runs and again before it applies', () => {
    const agree = `node --import tsx ${join(__dirname, '../../recovery/agree.ts')}`;
    // A host that was installed anew has an authority of its own.
    expect(lines(named('agree'))).toEqual(['npm run --silent state -- trust-host', agree]);
    expect(lines(named('rest'))).toEqual([
      agree,
      `ansible metal --inventory /house/prod.yml -m ansible.builtin.shell -a '{"cmd":"pvenode startall"}'`,
      'npm run --silent state -- apply foundation',
      'npm run --silent state -- apply services',
      'npm run --silent secrets -- play metal',
    ]);
    expect(lines(named('rest', steps({}, true))).slice(2, 4)).toEqual(['npm run --silent state -- apply foundation --yes', 'npm run --silent state -- apply services --yes']);
    expect(named('rest').check!.at(-1)).toContain('for id in 301 305; do pct status $id | grep -q running');
    expect(lines(named('backup'))).toEqual([`${join(__dirname, '../../scripts/backup-tank')} --host 192.0.2.10`]);
  });
});

test.each([
  [['zpool', 'list'], 'zpool list'],
  [['echo', "it's", 'a b', ''], String.raw`echo 'it'\''s' 'a b' ''`],
  [['a@b%c+d=e:f,g./h-i', '$x', 'x;'], "a@b%c+d=e:f,g./h-i '$x' 'x;'"],
])('%j is shown as it would be typed', (command, line) => expect(typed(command)).toBe(line));
