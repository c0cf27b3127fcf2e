import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

import { encryptText } from '../../state/copies/encryption';
import { toolPath } from '../../tools/tool-path';
import { BUILD_TIMEOUT_MS, ensureTools } from '../tools/ensure-tools';
import { Project } from './project';

jest.setTimeout(90_000);

const FILES = ['tfvars.sops.json', 'ansible.sops.json'] as const;
let owned: Project;
let project: Project;
beforeAll(() => {
  ensureTools('age', 'sops');
  owned = Project.owned();
}, BUILD_TIMEOUT_MS);
beforeEach(() => (project = owned.copy()));
afterEach(() => project.remove());
afterAll(() => owned.remove());

interface Encrypted {
  readonly sops: { age: { recipient: string; enc: string }[] };
}

/** What somebody without a key can do: another recipient with a copy of the first one's wrapped key. */
function addWithoutKey(recipient: string, files: readonly string[], config = false): void {
  for (const file of files) {
    const content = JSON.parse(project.read(file)) as Encrypted;
    content.sops.age.push({ recipient, enc: content.sops.age[0]!.enc });
    writeFileSync(project.path(file), JSON.stringify(content, null, '\t'));
  }
  if (config) writeFileSync(project.path('.sops.yaml'), project.read('.sops.yaml').trimEnd() + `\n      - ${recipient}\n`);
}

test.each([
  ['into the files alone', FILES, false],
  ['into the files and .sops.yaml', FILES, true],
  ['into one file', [FILES[0]], false],
  ['into .sops.yaml alone', [], true],
] as const)('a recipient that was written %s without a key is named by check, and let in by nothing', (_where, files, config) => {
  const stranger = project.newKey('stranger.txt').recipient;
  addWithoutKey(stranger, files, config);
  for (const check of [['check'], ['check', '--no-key']]) {
    const run = project.secrets(check);
    expect(run.code).toBe(1);
    expect(run.output).toContain(`lets in ${stranger}, which its list under the MAC does not have`);
  }
  const laptop = project.newKey('laptop.txt').recipient;
  const before = FILES.map((file) => project.read(file));
  for (const verb of [['rotate-key', '--yes'], ['add-recipient', laptop, '--yes']]) {
    const run = project.secrets(verb);
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('it is not certain who may open the secrets; nothing was changed');
  }
  expect(FILES.map((file) => project.read(file))).toEqual(before);
  const store = { root: project.root, folder: project.root, keyFile: project.keyFile };
  expect(() => encryptText(store, 'a state')).toThrow('it is not certain who may open the secrets');
});

test('a list in its old place, beside the values, counts as before, and the next change of keys moves it', () => {
  for (const file of FILES) {
    const sops = (words: readonly string[], input?: string) => expect(spawnSync(toolPath('sops'), words, { cwd: project.root, input, encoding: 'utf8', env: { ...process.env, SOPS_AGE_KEY_FILE: project.keyFile } })).toMatchObject({ status: 0 });
    const { '//': comment } = JSON.parse(project.read(file)) as { '//': { recipients_unencrypted: string } };
    sops(['set', '--value-stdin', file, '["recipients_unencrypted"]'], JSON.stringify(comment.recipients_unencrypted));
    sops(['unset', file, '["//"]']);
  }
  const before = project.secrets(['check', '--no-key']);
  expect(before).toMatchObject({ code: 0 });
  addWithoutKey(project.newKey('stranger.txt').recipient, [FILES[0]]);
  expect(project.secrets(['check', '--no-key']).output).toContain('which its list under the MAC does not have');
  const files = JSON.parse(project.read(FILES[0])) as Encrypted;
  files.sops.age.pop();
  writeFileSync(project.path(FILES[0]), JSON.stringify(files, null, '\t'));
  expect(project.secrets(['rotate-key', '--yes'])).toMatchObject({ code: 0 });
  for (const file of FILES) {
    const content = JSON.parse(project.read(file)) as Record<string, Record<string, string>>;
    expect(content).not.toHaveProperty('recipients_unencrypted');
    expect(content['//']!['recipients_unencrypted']).toMatch(/^age1/);
  }
  expect(project.secrets(['check'])).toMatchObject({ code: 0 });
});

test('a file that is gone is not made anew for whom .sops.yaml alone names', () => {
  const stranger = project.newKey('stranger.txt').recipient;
  rmSync(project.path(FILES[0]));
  addWithoutKey(stranger, [], true);
  expect(project.secrets(['create']).stderr).toContain(`.sops.yaml lets in ${stranger}`);
  expect(() => readFileSync(project.path(FILES[0]))).toThrow('ENOENT');
});

test('the list under the MAC cannot be edited along', () => {
  const stranger = project.newKey('stranger.txt').recipient;
  addWithoutKey(stranger, FILES, true);
  for (const file of FILES) writeFileSync(project.path(file), project.read(file).replace(/("recipients_unencrypted": "[^"]*)"/, `$1,${stranger}"`));
  expect(project.secrets(['rotate-key', '--yes']).stderr).toContain('it was changed outside SOPS');
});

test('who may open them is shown, and nothing is done unless somebody says yes', () => {
  const laptop = project.newKey('laptop.txt').recipient;
  const before = project.read(FILES[1]);
  const asked = project.secrets(['add-recipient', laptop]);
  expect(asked).toMatchObject({ code: 1 });
  expect(asked.stdout).toContain(`may open them from then on:      ${laptop}  (new)`);
  expect(asked.stderr).toContain('nobody is there to say yes to');
  expect(project.read(FILES[1])).toBe(before);
  expect(project.secrets(['add-recipient', laptop, '--yes']).code).toBe(0);
  expect(project.secrets(['check']).code).toBe(0);
});

test('make secrets switches the hooks on and says so; hooks of the owner\'s own stay', () => {
  const fresh = Project.fresh();
  const git = (...args: string[]) => spawnSync('git', args, { cwd: fresh.root, encoding: 'utf8' }).stdout.trim();
  try {
    git('init', '--quiet');
    expect(fresh.secrets(['create']).stdout).toContain("git's hooks are on: a commit or push that holds a secret is refused");
    expect(git('config', 'core.hooksPath')).toBe('scripts/git-hooks');
    git('config', 'core.hooksPath', '.husky');
    expect(fresh.secrets(['create']).stdout).toContain("git's hooks are in '.husky'");
    expect(git('config', 'core.hooksPath')).toBe('.husky');
  } finally {
    fresh.remove();
  }
});
