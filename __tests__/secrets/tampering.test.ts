import { existsSync, rmSync, writeFileSync } from 'node:fs';

import { BUILD_TIMEOUT_MS, ensureTools } from '../tools/ensure-tools';
import { Project } from './project';

jest.setTimeout(60_000);

type Encrypted = Record<string, unknown> & { sops: Record<string, unknown> };
type Case = readonly [what: string, tamper: (file: Encrypted) => Record<string, unknown>, says: string];

const FILE = 'ansible.sops.json';
const EDITED = 'an encrypted value was edited, or moved to another name';
const OUTSIDE = 'it was changed outside SOPS: a name was removed or reordered, or a clear value edited';

const CASES: readonly Case[] = [
  ['an edited ciphertext', (file) => ({ ...file, session_key: String(file.session_key).replace(/data:..../, 'data:AAAA') }), EDITED],
  ['two swapped values', (file) => ({ ...file, session_key: file.database_password, database_password: file.session_key }), EDITED],
  ['a clear value added', ({ sops, ...rest }) => ({ ...rest, extra: 'in clear text', sops }), 'a value stands in it unencrypted'],
  ['an edited clear value', (file) => ({ ...file, rotated_unencrypted: { ...(file.rotated_unencrypted as object), session_key: '2099-01-01' } }), OUTSIDE],
  ['a deleted name', ({ session_key: _gone, ...rest }) => rest, OUTSIDE],
  ['reordered names', (file) => Object.fromEntries(Object.entries(file).reverse()), OUTSIDE],
  ['no MAC', (file) => ({ ...file, sops: { ...file.sops, mac: undefined } }), 'its MAC was removed'],
  ['an empty MAC', (file) => ({ ...file, sops: { ...file.sops, mac: '' } }), 'its MAC was removed'],
  ['another time of the last change', (file) => ({ ...file, sops: { ...file.sops, lastmodified: '2020-01-01T00:00:00Z' } }), 'its MAC does not fit: the MAC or the time of the last change was edited'],
  ['no sops section', ({ sops: _gone, ...rest }) => rest, 'its sops section is gone, it is not encrypted'],
  ['no recipients', (file) => ({ ...file, sops: { ...file.sops, age: [] } }), 'its list of recipients is empty'],
];

let project: Project;
let whole: string;
beforeAll(() => {
  ensureTools('age', 'sops');
  project = Project.owned();
  whole = project.read(FILE);
}, BUILD_TIMEOUT_MS);
beforeEach(() => {
  writeFileSync(project.path(FILE), whole);
  rmSync(project.path('was-run'), { force: true });
});
afterAll(() => project.remove());

const run = (env = {}) => project.secrets(['exec', '--real', '--', 'touch', 'was-run'], { env });

test('an untouched file is used', () => {
  expect(run()).toMatchObject({ code: 0, output: '' });
  expect(existsSync(project.path('was-run'))).toBe(true);
});

test.each(CASES)('%s is refused, by its name, before anything runs', (_what, tamper, says) => {
  writeFileSync(project.path(FILE), JSON.stringify(tamper(JSON.parse(whole) as Encrypted), null, '\t'));
  const refused = run();
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(`secrets: '${FILE}' is refused: ${says}; nothing was run. Restore it from git`);
  expect(refused.stderr).not.toContain('    at ');
  expect(existsSync(project.path('was-run'))).toBe(false);
  // The check that goes before every run says the same.
  expect(project.secrets(['check']).output).toContain(says);
});

test('a tampered variable file is refused in the same way', () => {
  const variables = project.read('tfvars.sops.json');
  try {
    writeFileSync(project.path('tfvars.sops.json'), variables.replace(/data:..../, 'data:AAAA'));
    expect(run().stderr).toContain(`'tfvars.sops.json' is refused: ${EDITED}; nothing was run`);
  } finally {
    writeFileSync(project.path('tfvars.sops.json'), variables);
  }
});

test('another\'s key is refused, and so is none, each with what to do', () => {
  const stranger = project.newKey(`stranger-${process.pid}.txt`);
  const wrong = run({ SOPS_AGE_KEY_FILE: stranger.file, HOME: project.root });
  expect(wrong.stderr).toContain(`cannot be opened with the key in '${stranger.file}'; nothing was run`);
  const none = run({ HOME: project.root });
  expect(none.stderr).toContain("'tfvars.sops.json' needs a decryption key and there is none; nothing was run. Put yours where docs/getting-started tells");
  expect(existsSync(project.path('was-run'))).toBe(false);
});

test('a file that is no JSON, or not there, gets no stack trace', () => {
  writeFileSync(project.path(FILE), whole.slice(0, 100));
  expect(run().stderr).toMatch(/^secrets: .*ansible\.sops\.json' is no JSON \(.*\); restore it from git\n$/);
  rmSync(project.path(FILE));
  expect(run().stderr).toContain("ansible.sops.json' is not there; make it with: make secrets");
});
