import { checkHomelab, formatProblem } from '../../constructs';
import { casesIn } from '../helpers/cases';
import type { OddCase } from '../helpers/definition-case';
import { emit } from '../helpers/emitted';

describe('an odd but valid definition is built', () => {
  test.each(casesIn<OddCase>('odd'))('$file', ({ definition }) => {
    expect(checkHomelab(definition.lab).map(formatProblem)).toEqual([]);
    const emitted = emit(definition.lab);
    const names = definition.lab.services.map(({ name }) => name).sort();
    expect(Object.keys(emitted.containers).sort()).toEqual(names);
    if (definition.notice) expect(emitted.notices).toContainEqual(expect.stringMatching(definition.notice));
  });
});
