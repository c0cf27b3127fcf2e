import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onHost, playRoles, ROLE_CHECKS } from '../../recovery/ansible';
import type { House } from '../../recovery/house';
import { ROOT } from '../tools/ensure-tools';

const BIN = join(ROOT, '.tools', 'python', 'bin');
jest.setTimeout(240_000);

/** Real Ansible on this machine in place of the host, with stand-ins for the programs that a check asks. */
let folder: string;
let house: House;
beforeAll(() => {
  const made = spawnSync(process.execPath, [join(ROOT, 'tools', 'python.mjs')], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr);
  folder = mkdtempSync(join(tmpdir(), 'homelab-checks-'));
  mkdirSync(join(folder, 'bin'));
  const variables = {
    ansible_connection: 'local',
    pve_init_api_user: 'builder@pve',
    pve_init_api_token: 'house',
    pve_storage_directories: [{ id: 'archives' }],
    pve_storage_zfspools: [{ id: 'vault' }],
    pve_backup_pool: 'vault',
  };
  writeFileSync(join(folder, 'hosts.json'), JSON.stringify({ all: { children: { metal: { hosts: { cellar: variables } } } } }));
  house = { inventory: join(folder, 'hosts.json'), own: true, node: 'cellar', address: '192.0.2.10', roles: undefined, guests: [{ vmid: 990301, name: 'notes' }], startingGuests: [], pool: 'vault', token: 'builder@pve!house' };
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the check of a role; `programs` say what the host's commands print. */
function check(role: string, programs: Readonly<Record<string, string>>) {
  for (const [name, output] of Object.entries(programs)) {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\ncat <<'END'\n${output}\nEND\n`);
    chmodSync(join(folder, 'bin', name), 0o755);
  }
  const [program, ...args] = onHost(house, ROLE_CHECKS[role]!);
  const env = { ...process.env, PATH: `${join(folder, 'bin')}:${BIN}:${process.env.PATH}`, ANSIBLE_CONFIG: join(ROOT, 'ansible', 'ansible.cfg'), ANSIBLE_LOCAL_TEMP: join(folder, 'tmp') };
  const run = spawnSync(program!, args, { encoding: 'utf8', env });
  return { code: run.status, said: run.stdout + run.stderr };
}

test('pve-init: the token of this house is there', () => {
  expect(check('pve-init', { pveum: '[{"tokenid":"house","privsep":1}]' }).code).toBe(0);
  expect(check('pve-init', { pveum: '[]' }).code).not.toBe(0);
});

test('pve_storage: every storage is active, by the names of this house', () => {
  expect(check('pve_storage', { pvesm: 'Name Type Status\narchives dir active 1\nvault zfspool active 1' }).code).toBe(0);
  const missing = check('pve_storage', { pvesm: 'Name Type Status\narchives dir inactive 0\nvault zfspool active 1' });
  expect(missing.code).not.toBe(0);
  expect(missing.said).toContain('storage archives is not active');
});

test('pve_backup: a container with a disk has a configuration', () => {
  const missing = check('pve_backup', { zfs: 'vault\nvault/subvol-990301-disk-0', systemctl: 'enabled' });
  expect(missing.code).not.toBe(0);
  expect(missing.said).toContain('container 990301 has a disk and no configuration');
  expect(check('pve_backup', { zfs: 'vault\nvault/subvol-99-disk-0', systemctl: 'enabled' }).code).toBe(0);
});

test('the play that runs roles is one that Ansible accepts', () => {
  const [, ...args] = playRoles(house, ['zfs_setup']);
  const env = { ...process.env, ANSIBLE_CONFIG: join(ROOT, 'ansible', 'ansible.cfg'), PATH: `${BIN}:${process.env.PATH}` };
  expect(spawnSync(join(BIN, 'ansible-playbook'), ['--syntax-check', ...args], { encoding: 'utf8', env })).toMatchObject({ status: 0 });
});
