import fc from 'fast-check';
import { checkHomelab, formatProblem, type HomelabProps } from '../../constructs';
import { emit } from '../helpers/emitted';
import { places, put } from '../helpers/places';
import { smallHouse } from '../helpers/small-house';

const SEED = 20261127;

/** Values that nobody should find in a definition, made anew each time. */
const junk: readonly (() => unknown)[] = [
  () => undefined,
  () => null,
  () => Number.NaN,
  () => -1,
  () => 2 ** 60,
  () => 10n,
  () => Symbol('x'),
  () => '',
  () => '__proto__',
  () => 'constructor',
  () => 'x\ny',
  () => '\u202E',
  () => '${file("/etc/passwd")}',
  () => '{{ lookup("pipe", "id") }}',
  () => 'x'.repeat(100_000),
  () => [],
  () => [null],
  () => ({}),
  () => Object.create(null),
  () => Object.create({ kind: 'http' }),
  () => ({ kind: 'hasOwnProperty' }),
  () => new Map([['a', 1]]),
  () => new Date(0),
  () => Promise.resolve(),
  () => () => null,
  () => () => undefined,
  () => () => () => 'x',
  () => () => {
    throw new Error('mine');
  },
  () => Object.defineProperty({}, 'secret', { enumerable: true, get: () => { throw new Error('mine'); } }),
  () => {
    const round: unknown[] = [];
    round.push(round);
    return round;
  },
  () => Array.from({ length: 20_000 }).reduce<unknown>((inner) => ({ inner }), 'deep'),
];

const everywhere = places(smallHouse).filter((path) => path.length > 0);

describe('a definition of any shape', () => {
  test('is refused in words or can be built, and never crashes', () => {
    const mutation = fc.tuple(fc.constantFrom(...everywhere), fc.constantFrom(...junk), fc.option(fc.constantFrom('constructor', 'toString', 'extra'), { freq: 8 }));
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const house = mutations.reduce<unknown>((lab, [path, make, extra]) => {
          try {
            return put(lab, extra === null ? path : [...path.slice(0, -1), extra], make());
          } catch {
            return lab; // an earlier change took the place away
          }
        }, smallHouse);
        const problems = checkHomelab(house as HomelabProps);
        for (const problem of problems) expect(formatProblem(problem)).toMatch(/^\[.+\] .+\n {4}got: .+\n {4}do: {2}.+$/);
        if (problems.length === 0) emit(house as HomelabProps);
      }),
      { seed: SEED, numRuns: 3000 },
    );
  });

  test.each([null, undefined, 0, 'house', [], new Map(), Promise.resolve()])('as a whole: %p', (value) => {
    expect(checkHomelab(value as never)).not.toEqual([]);
  });
});
