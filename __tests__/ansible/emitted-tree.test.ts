import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../..');
const bin = join(root, '.tools/python/bin');
let folder: string;

/** Runs an Ansible tool beside the emitted tree, as `make` and Terraform do, with the project's own roles. */
function ansible(tool: string, args: string[]): { status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(join(bin, tool), args, {
    cwd: join(folder, 'ansible'),
    encoding: 'utf8',
    env: { ...process.env, PATH: `${bin}:${process.env['PATH']}`, ANSIBLE_HOME: join(folder, '.ansible'), ANSIBLE_NOCOLOR: '1' },
  });
  return { status, output: `${stdout}${stderr}` };
}

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'tools/python.mjs')], { stdio: 'inherit' });
  // A folder of its own, laid out like the project: the roles beside the output.
  folder = mkdtempSync(join(root, '.cache/emitted-'));
  cpSync(join(root, 'ansible'), join(folder, 'ansible'), { recursive: true });
  execFileSync(process.execPath, ['scripts/synth/main.cjs'], { cwd: root, env: { ...process.env, CDKTF_OUTDIR: join(folder, 'cdktf.out') } });
}, 600_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inventory = ['-i', '../cdktf.out/ansible/inventories/prod.yml'];

test('every playbook passes the syntax check', () => {
  for (const playbook of ['site', 'playbooks/metal', 'playbooks/platform', 'playbooks/apps', 'playbooks/guests/openwebui']) {
    const file = join(folder, `cdktf.out/ansible/${playbook}.yml`);
    expect(existsSync(file)).toBe(true);
    const { status, output } = ansible('ansible-playbook', [...inventory, '--syntax-check', file]);
    expect(output).toContain(`playbook: ${file}`);
    expect(status).toBe(0);
  }
}, 120_000);

test('the inventory lists the host and every guest with its address', () => {
  const { status, output } = ansible('ansible-inventory', [...inventory, '--list']);
  expect(status).toBe(0);
  const { _meta: meta, ...groups } = JSON.parse(output.slice(output.indexOf('{')));
  expect(groups.metal.hosts).toEqual(['pve']);
  expect(groups.guests.children.sort()).toEqual(['apps', 'platform']);
  expect([...groups.platform.hosts, ...groups.apps.hosts]).toHaveLength(12);
  expect(meta.hostvars['paperless-ngx'].ansible_host).toBe('192.168.88.241');
}, 60_000);

test('the emitted tree passes ansible-lint in the production profile, offline', () => {
  // Only the card's dashed role names are let through.
  const { status, output } = ansible('ansible-lint', ['--profile', 'production', '--offline', '--nocolor', '-c', join(root, 'ansible/.ansible-lint'), '../cdktf.out/ansible/site.yml', ...['metal', 'platform', 'apps'].map((layer) => `../cdktf.out/ansible/playbooks/${layer}.yml`), join(root, 'recovery/roles.yml')]);
  expect(output).toMatch(/Passed: 0 failure\(s\), 0 warning\(s\)/);
  expect(status).toBe(0);
}, 300_000);
