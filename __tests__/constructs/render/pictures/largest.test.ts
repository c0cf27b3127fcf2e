import { largest } from '../../../../constructs/render/pictures/largest';

const descending = (a: number, b: number) => b - a;

describe('the largest of many', () => {
  test('are the first of a full sort, best first', () => {
    const numbers = Array.from({ length: 500 }, (_, index) => (index * 7919) % 503);
    expect(largest(numbers, 8, descending)).toEqual([...numbers].sort(descending).slice(0, 8));
  });

  test('keep their order when equal', () => {
    const items = [{ rank: 1, name: 'a' }, { rank: 1, name: 'b' }, { rank: 2, name: 'c' }];
    expect(largest(items, 2, (a, b) => b.rank - a.rank).map(({ name }) => name)).toEqual(['c', 'a']);
  });

  test('are all when there are few, and none when none are wanted', () => {
    expect(largest([3, 1, 2], 8, descending)).toEqual([3, 2, 1]);
    expect(largest([3, 1, 2], 0, descending)).toEqual([]);
  });
});
