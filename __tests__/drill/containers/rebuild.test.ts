import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mitogen } from '../../../drill/containers/ansible';
import { CONTAINER_ADDRESS } from '../../../drill/containers/container';
import { describeInContainer, TEST_MS } from './with-containers';

const ROOT = resolve(__dirname, '..', '..', '..');
const TSX = pathToFileURL(require.resolve('tsx')).href;

describeInContainer('make rebuild on a fresh host, with real Ansible', (container) => {
  const folder = () => join(container().folder, 'rebuild');
  const rebuild = (...args: string[]) => {
    const words = ['--import', TSX, join(ROOT, 'recovery', 'main.ts'), '--inventory', join(folder(), 'inventories', 'drill.json'), '--folder', join(folder(), 'state'), '--yes', ...args];
    const [command, all] = container().atTester([process.execPath, ...words]);
    const env = {
      ...process.env,
      ...mitogen(),
      ANSIBLE_PRIVATE_KEY_FILE: join(container().folder, 'key'),
      ANSIBLE_SSH_CONTROL_PATH_DIR: join(container().folder, 'cp'),
      ANSIBLE_SSH_COMMON_ARGS: `-o UserKnownHostsFile=${join(container().folder, 'known_hosts')} -o IdentitiesOnly=yes`,
    };
    const { status, stdout, stderr } = spawnSync(command, all, { cwd: ROOT, encoding: 'utf8', env });
    return { code: status, said: stdout + stderr };
  };
  const journal = () => JSON.parse(readFileSync(join(folder(), 'state', 'journal.json'), 'utf8')) as { steps: { step: string; is: string }[] };

  beforeAll(() => {
    const variables = {
      ansible_host: CONTAINER_ADDRESS,
      ansible_user: 'root',
      pve_init_node_name: 'pve',
      pve_init_address: CONTAINER_ADDRESS,
      pve_init_pve_repository: 'file:/opt/drill/proxmox',
      pve_init_ssh_keys: [container().publicKey().trim()],
      pve_init_firewall_rules: [{ name: 'ssh', source: '192.168.88.0/24', dport: '22' }],
      pve_init_api_user: 'terraform@pve',
      pve_init_api_token: 'iac',
      pve_init_api_own_role: { name: 'HomelabToken', privileges: ['VM.Audit'] },
      pve_bridge_name: 'vmbr0',
      pve_bridge_address: '192.168.88.10/24',
      pve_bridge_gateway: '192.168.88.1',
      pve_bridge_ports: ['nic0'],
    };
    const roles = ['pve-init', 'pve-bridge'].map((name) => ({ 'ansible.builtin.import_role': { name } }));
    for (const name of ['inventories', 'playbooks']) mkdirSync(join(folder(), name), { recursive: true });
    writeFileSync(join(folder(), 'inventories', 'drill.json'), JSON.stringify({ all: { children: { metal: { hosts: { pve: variables } } } } }));
    writeFileSync(join(folder(), 'playbooks', 'metal.yml'), JSON.stringify([{ hosts: 'pve', tasks: roles }]));
  });

  test('sees that the host answers, brings it up, and keeps the secret of the new API token for the step that encrypts it', () => {
    const { code, said } = rebuild('--from', 'install');
    expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining("stopped at step 'plug': its check does not hold") });
    const up = rebuild('--only', 'host');
    expect({ code: up.code, end: up.said.slice(-1500) }).toEqual({ code: 0, end: expect.stringContaining('host: Host: repositories, kernel, network: done in') });
    expect(journal().steps.map(({ step, is }) => `${step} ${is}`)).toEqual(['install done', 'plug begun', 'host done']);
    const waiting = join(readFileSync(join(folder(), 'state', 'token-folder'), 'utf8').trim(), 'api-token');
    const secret = readFileSync(waiting, 'utf8');
    rmSync(dirname(waiting), { recursive: true });
    expect(secret).toMatch(/^[0-9a-f-]{36}$/);
    expect(container().calls().filter(({ destructive }) => destructive)).toEqual([]);
  }, TEST_MS);
});
