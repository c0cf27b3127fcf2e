import fc from 'fast-check';
import { BUILD_TIMEOUT_MS, ensureTools } from '../tools/ensure-tools';
import { Project } from './project';

jest.setTimeout(300_000);

let project: Project;
beforeAll(() => {
  ensureTools('age', 'sops');
  project = Project.owned();
}, BUILD_TIMEOUT_MS);
afterAll(() => project.remove());

const words = ['', '--', '-', '--help', '--yes', '--real', '--expired', '--no-key', '--__proto__', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'database_password', '../../etc/passwd', '/dev/null', 'ansible.sops.json', '["x"]', '$(id)', '${HOME}', '{{ 1 }}', 'a\nb', '\u202E', 'ünïcödé', 'x'.repeat(5000)];
// Verbs that only look, or that change one value; others start programs of the owner's.
const verbs = ['check', 'set', 'show', 'rotate', 'remove', 'add-recipient', 'remove-recipient', 'token', 'nonsense', ...words];
const lists = fc.tuple(fc.constantFrom(...verbs), fc.array(fc.constantFrom(...words), { maxLength: 3 }));

test('no list of arguments ends in a stack trace, and each is done, refused or wrong usage', () => {
  const before = project.read('ansible.sops.json').length;
  for (const [verb, more] of fc.sample(lists, { seed: 20261127, numRuns: 30 })) {
    const args = [verb, ...more];
    const { code, output } = project.secrets(args, { input: '' });
    expect({ args, code, known: [0, 1, 2].includes(code ?? -1) }).toEqual({ args, code, known: true });
    expect({ args, stack: /\n\s+at .+:\d+|TypeError|ReferenceError|RangeError/.test(output), output }).toEqual({ args, stack: false, output });
  }
  expect(Math.abs(project.read('ansible.sops.json').length - before)).toBeLessThan(2000);
  expect(project.secrets(['check'])).toMatchObject({ code: 0 });
});
