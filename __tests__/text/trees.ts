/** A tree in which every text has been rewritten, keys too. */
export function rewrite(tree: unknown, change: (text: string) => string): unknown {
  if (typeof tree === 'string') return change(tree);
  if (Array.isArray(tree)) return tree.map((item) => rewrite(item, change));
  if (typeof tree !== 'object' || tree === null) return tree;
  return Object.fromEntries(Object.entries(tree).map(([name, inner]) => [change(name), rewrite(inner, change)]));
}

/** What is left of a tree without its texts: how many of which kind lie in which. Names and order do not count, so that a renamed thing is the same. */
export function shapeOf(tree: unknown): unknown {
  if (Array.isArray(tree)) return { list: tree.map((item) => JSON.stringify(shapeOf(item))).sort() };
  if (typeof tree !== 'object' || tree === null) return tree === null ? 'null' : typeof tree;
  const inner = Object.entries(tree).map(([name, value]) => JSON.stringify([name.startsWith('!key:') ? name : 'name', shapeOf(value)]));
  return { of: inner.sort() };
}

/** Every text of a tree with the path that leads to it. */
export function leaves(tree: unknown, path: readonly string[] = []): [path: string, text: string][] {
  if (typeof tree === 'string') return [[JSON.stringify(path), tree]];
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([name, inner]) => leaves(inner, [...path, name]));
}
