/**
 * The first `count` items of the order, best first, in one pass: the time grows with the number of items and not with its logarithm.
 *
 * @param compare negative when `a` goes before `b`; ties keep the order of `items`
 */
export function largest<Item>(items: Iterable<Item>, count: number, compare: (a: Item, b: Item) => number): Item[] {
  const best: Item[] = [];
  for (const item of items) {
    const position = best.findIndex((other) => compare(item, other) < 0);
    if (position >= 0) best.splice(position, 0, item);
    else if (best.length < count) best.push(item);
    if (best.length > count) best.pop();
  }
  return best;
}
