import { copyFileSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';

import { terraformPath } from '../../tools/tool-path';
import { BUILD_TIMEOUT_MS, ensureTools } from '../tools/ensure-tools';
import { Project } from './project';

jest.setTimeout(120_000);

const STACK = { resource: { terraform_data: { guest: { input: 'one' } } } };

let project: Project;
beforeAll(() => {
  ensureTools('age', 'sops');
  project = Project.fresh().own();
  mkdirSync(project.path('stack'));
  writeFileSync(project.path('stack', 'main.tf.json'), JSON.stringify(STACK));
}, BUILD_TIMEOUT_MS);
afterAll(() => project.remove());

const exec = (...command: string[]) => project.secrets(['exec', '--real', '--', ...command]);
const script = (words: string) => exec('sh', '-c', `cd ${project.path('stack')} && ${words.replaceAll('TERRAFORM', terraformPath())}`);
const state = () => existsSync(project.path('stack', 'terraform.tfstate'));

test.each([
  ['by its path', () => terraformPath()],
  ['by a link under another name', () => link('provision', terraformPath())],
  ['by a name with a version', () => copied('terraform-1.99.0')],
  ['by a name that is OpenTofu’s', () => copied('tofu')],
])('Terraform %s is not run with the keys of the house', (_how, program) => {
  const path = program();
  expect(exec(path, 'version')).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`'${path}' is Terraform itself, which would change the house unjudged; nothing was run`) });
});

test.each(['apply -auto-approve', 'apply saved.plan', 'destroy -auto-approve', 'import terraform_data.guest x', 'refresh', 'state rm terraform_data.guest', 'state push state.json', 'workspace new other', 'force-unlock -force x'])(
  'a script that runs Terraform %s by its path changes nothing',
  (words) => {
    expect(script('TERRAFORM init -no-color && TERRAFORM plan -no-color -out=saved.plan').code).toBe(0);
    const run = script(`TERRAFORM ${words}`);
    expect(run.code).not.toBe(0);
    // Terraform's import answers an unknown option with its help alone.
    expect(run.output).toMatch(/flag provided but not defined: -goes-past-the-judge,use-house-state-apply|Usage: terraform \[global options\] import/);
    expect(state()).toBe(false);
  },
);

test('other programs run, whatever they are called like', () => {
  writeFileSync(project.path('terraforming'), '#!/bin/sh\necho a garden\n', { mode: 0o755 });
  expect(exec(project.path('terraforming'))).toMatchObject({ code: 0, stdout: 'a garden\n' });
});

function link(name: string, target: string): string {
  symlinkSync(target, project.path(name));
  return project.path(name);
}

function copied(name: string): string {
  copyFileSync('/bin/true', project.path(name));
  return project.path(name);
}
