import { copyFileSync, cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, ScriptLab } from './script-lab';

jest.setTimeout(120_000);

let lab: ScriptLab;
const script = (name: string) => lab.path('house', 'scripts', name);
beforeAll(() => {
  lab = new ScriptLab();
  for (const name of ['homelab', 'scripts']) cpSync(join(ROOT, name), lab.path('house', name), { recursive: true });
  for (const name of ['common', 'constructs', 'tools', 'node_modules', '.gen', 'recovery', 'ansible']) symlinkSync(join(ROOT, name), lab.path('house', name));
  for (const name of ['package.json', 'tsconfig.json']) copyFileSync(join(ROOT, name), lab.path('house', name));
  mkdirSync(lab.path('house', 'cdktf.out', 'ansible'), { recursive: true });
  lab.standIn('npm');
  lab.standIn('ansible-playbook');
});
afterAll(() => lab.remove());

/** The template that the role was told to make. */
function wanted(calls: readonly string[]) {
  const variables = /-e (\{.*\}) recovery\/roles.yml$/.exec(calls[0] ?? '')?.[1];
  const { recovery_roles: roles, pve_template_templates: templates } = JSON.parse(variables!) as { recovery_roles: string[]; pve_template_templates: object[] };
  expect(roles).toEqual(['pve_template']);
  return templates[0];
}

test("the house's own template is left to Terraform, which asks", () => {
  expect(lab.run(script('create-template'), [])).toMatchObject({ code: 0 });
  expect(lab.calls()).toEqual(['npm run --silent state -- apply foundation']);
});

test('an Ubuntu template is made by the role, from a pinned image, under an id that Terraform does not own; also by the other name', () => {
  expect(lab.run(script('make-template.sh'), ['ubuntu'])).toMatchObject({ code: 0 });
  expect(wanted(lab.calls())).toMatchObject({ vmid: 1001, distribution: 'ubuntu', image_checksum: expect.stringMatching(/^sha256:[0-9a-f]{64}$/), image_url: expect.stringMatching(/\d{8}/) });
});

test('on a host that Terraform does not know yet, the role makes also the own one, and says how Terraform gets to know it', () => {
  const { code, stderr } = lab.run(script('create-template'), ['debian', '--by-role']);
  expect(code).toBe(0);
  expect(stderr).toContain('import proxmox_virtual_environment_vm.debian13-template pve/1000');
  expect(wanted(lab.calls())).toMatchObject({ vmid: 1000, name: 'debian13-template', distribution: 'debian' });
});

test('--dry-run prints the command and runs nothing', () => {
  expect(lab.run(script('create-template'), ['ubuntu', '--id', '1234', '--dry-run'])).toMatchObject({ code: 0, stdout: expect.stringContaining('"vmid":1234') });
  expect(lab.calls()).toEqual([]);
});

test.each([
  [['gentoo'], 'debian or ubuntu'],
  [['debian', 'ubuntu'], 'name one distribution'],
  [['--id', '7'], '--id is a number from 100 upwards'],
  [['--latest'], "Unknown option '--latest'"],
])('%j is wrong usage', (args, words) => {
  expect(lab.run(script('create-template'), args)).toMatchObject({ code: 2, stderr: expect.stringContaining(words) });
  expect(lab.calls()).toEqual([]);
});

test('a play that fails is told, with what it means', () => {
  lab.standIn('ansible-playbook', 'exit 2');
  expect(lab.run(script('create-template'), ['ubuntu'])).toMatchObject({ code: 1, stderr: expect.stringContaining('a template that was there is untouched') });
});
