import { checkHomelab, DefinitionError, formatProblem } from '../../constructs';
import { withService } from '../helpers/alter';
import { casesIn } from '../helpers/cases';
import type { RefusedCase } from '../helpers/definition-case';

const cases = casesIn<RefusedCase>('refused');

describe('a definition with one mistake is refused for that mistake alone', () => {
  test.each(cases)('$file', ({ definition }) => {
    const problems = checkHomelab(definition.lab);
    expect(problems.map(formatProblem)).toHaveLength(1);
    const [problem] = problems;
    expect(problem.path).toBe(definition.path);
    expect(problem.rule).toMatch(definition.rule);
    expect(problem.got).toMatch(definition.got ?? /./);
    expect(problem.remedy).toMatch(/\w+ \S+/);
  });
});

describe('a definition with mistakes in several services', () => {
  const lab = withService('garage', { memoryMiB: 0 }, withService('valkey', { tags: ['Cache'] }, withService('miniflux', { needs: ['redis'] })));

  test('is told all of them at once', () => {
    expect(checkHomelab(lab).map(({ path, got }) => `${path}: ${got}`)).toEqual([
      'foundation/garage: 0',
      "services/valkey: 'Cache'",
      "services/miniflux: 'redis'",
    ]);
  });

  test('is told each on three lines: where and which rule, what was found, what to do', () => {
    const { message } = new DefinitionError(checkHomelab(lab));
    expect(message).toMatchInlineSnapshot(`
      "the definition has 3 problems:

      [foundation/garage] 'memoryMiB' is a whole number from 16 up
          got: 0
          do:  correct 'memoryMiB'

      [services/valkey] a tag is lower case, of letters, digits and _ + . - (Proxmox VE lower-cases it, and the plan would never be clean)
          got: 'Cache'
          do:  write 'cache'

      [services/miniflux] what a service needs is a service of the house
          got: 'redis'
          do:  declare 'redis', or correct 'needs'"
    `);
  });
});

test('a secret in clear is not repeated by the refusal', () => {
  const lab = withService('valkey', { settings: { admin_password: 'plum-jam-jar', users: [{ password: 'pear-jam-jar' }] } });
  const { message } = new DefinitionError(checkHomelab(lab));
  expect(message).toContain('settings.admin_password');
  expect(message).not.toContain('jam');
});
