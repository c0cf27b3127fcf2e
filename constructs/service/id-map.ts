import type { IdMapProps } from './guest-props';

/** First id on the host of an unprivileged container, and how many it has. */
const usual = { onHost: 100_000, count: 65_536 };

/** Ids in a row, as LXC maps them. */
export interface IdRange {
  readonly inside: number;
  readonly onHost: number;
  readonly count: number;
}

/** All ids of one kind: the exceptions, and the usual ones between them. The exceptions do not overlap. */
function rangesOf(exceptions: readonly IdMapProps[], kind: 'user' | 'group'): IdRange[] {
  const own = exceptions
    .filter(({ of }) => of === kind || of === 'both')
    .map(({ inside, onHost, count = 1 }) => ({ inside, onHost, count }))
    .sort((left, right) => left.inside - right.inside);
  const ranges: IdRange[] = [];
  let next = 0;
  for (const range of [...own, { inside: usual.count, onHost: 0, count: 0 }]) {
    if (range.inside > next) ranges.push({ inside: next, onHost: usual.onHost + next, count: range.inside - next });
    if (range.count > 0) ranges.push(range);
    next = range.inside + range.count;
  }
  return ranges;
}

/** The map of a container as lines of LXC, e.g. `u 0 100000 65536`; none without exceptions, when Proxmox VE makes the usual one. */
export function idMapLines(exceptions: readonly IdMapProps[]): string[] {
  if (exceptions.length === 0) return [];
  return (['user', 'group'] as const).flatMap((kind) => rangesOf(exceptions, kind).map(({ inside, onHost, count }) => `${kind[0]} ${inside} ${onHost} ${count}`));
}

/** What root of the host has to be allowed to hand out, as lines of /etc/subuid and /etc/subgid. */
export function subordinateIds(exceptions: readonly IdMapProps[]): { readonly users: readonly string[]; readonly groups: readonly string[] } {
  const lines = (kind: 'user' | 'group'): string[] => exceptions.filter(({ of }) => of === kind || of === 'both').map(({ onHost, count = 1 }) => `root:${onHost}:${count}`);
  return { users: lines('user'), groups: lines('group') };
}
