import { checkHomelab, type HomelabProps } from '../../../constructs';
import { houseWithGpu, withPool, withService } from '../../helpers/alter';

/** A house in which every optional part is present. */
const lab = withPool(
  { intent: { layout: 'mirror', disks: 2, by: 'attach' } },
  withService('miniflux', { gpu: true, macAddress: 'bc:24:11:00:00:07', tags: ['news'], notices: ['reads'], role: 'reader' }, houseWithGpu),
);

/** What stands where something else belongs when a file was edited in a hurry, or an import came to nothing. */
const oddities: readonly unknown[] = [undefined, null, '', ' ', -1, 1.5, Number.NaN, true, [], {}, [null], [undefined], { kind: 'other' }, () => 'made'];

type Path = readonly (string | number)[];
const paths = placesIn(lab, []);

test('the definition has some hundred places to go wrong', () => {
  expect(paths.length).toBeGreaterThan(150);
});

test('whatever stands in whatever place, the definition is judged and nothing crashes', () => {
  const crashes = paths.flatMap((path) =>
    oddities.flatMap((oddity) => {
      try {
        checkHomelab(exchange(lab, path, oddity) as HomelabProps);
        return [];
      } catch (error) {
        return [`${path.join('.')} = ${String(JSON.stringify(oddity))}: ${(error as Error).message}`];
      }
    }),
  );
  expect(crashes).toEqual([]);
});

test.each([undefined, null, [], 'house', 7])('a house that is %p is refused in words', (nothing) => {
  const problems = checkHomelab(nothing as unknown as HomelabProps);
  expect(problems.length).toBeGreaterThan(0);
});

// Settings are the role's to judge, and what may be left out may be left out.
const required = paths.filter((path) => !/settings|intent|gpu|macAddress|tags|notices|role$|needs|memoryReserveMiB|guid|hostId|serial|metrics|install$|install.mac/.test(path.join('.')));

test.each(required.map((path) => [path.join('.'), path] as const))('a house without %s is refused', (_name, path) => {
  expect(checkHomelab(exchange(lab, path, undefined) as HomelabProps)).not.toEqual([]);
});

function placesIn(value: unknown, at: Path): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inner = Object.entries(value).flatMap(([key, item]) => placesIn(item, [...at, Array.isArray(value) ? Number(key) : key]));
  return at.length === 0 ? inner : [at, ...inner];
}

function exchange(value: unknown, [key, ...rest]: Path, oddity: unknown): unknown {
  if (key === undefined) return oddity;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string | number, unknown>;
  copy[key] = exchange(copy[key], rest, oddity);
  return copy;
}
