import { reviewHtml } from '../../review/document/html';
import { reviewMarkdown } from '../../review/document/markdown';
import { reviewOf } from '../../review/document/review';
import type { HouseVersion } from '../../review/document/house-version';
import { planDeeds } from '../../review/digest';
import { driftOf, driftText } from '../../review/drift';
import { judgePlan } from '../../pull-request/judge-plan';
import { change, GUESTS, machine, n8n, planOf, VM } from '../review/plans';

const WORD = 'canary-7f3a-do-not-print';
const NUMBER = 987654321;

const empty: HouseVersion = { summary: null, picture: '', ansible: new Map(), roles: new Map(), secrets: [], known: [] };

type Path = readonly (string | number)[];

/** Paths of all values of a guest, and of all blocks and lists above them. */
function paths(value: unknown, above: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [above];
  const inner = Object.entries(value).flatMap(([key, child]) => paths(child, [...above, Array.isArray(value) ? Number(key) : key]));
  return above.length === 0 ? inner : [above, ...inner];
}

/** The same tree with something else at a path. */
function put(tree: unknown, [key, ...rest]: Path, make: (old: unknown) => unknown): unknown {
  if (key === undefined) return make(tree);
  const copy = (Array.isArray(tree) ? [...tree] : { ...(tree as object) }) as Record<string | number, unknown>;
  copy[key] = put(copy[key], rest, make);
  return copy;
}

/** Terraform's mark: true at a path, and nothing elsewhere. */
const mark = ([key, ...rest]: Path): unknown => (key === undefined ? true : typeof key === 'number' ? [...Array.from({ length: key }, () => ({})), mark(rest)] : { [key]: mark(rest) });

/** Every innermost value becomes a canary of its own kind. */
function hidden(value: unknown): unknown {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? value.map(hidden) : Object.fromEntries(Object.entries(value).map(([key, child]) => [key, hidden(child)]));
  return typeof value === 'number' ? NUMBER : typeof value === 'boolean' ? value : WORD;
}

const guests = [['a container', n8n, {}], ['a virtual machine', machine, { type: VM, name: 'windows' }]] as const;
// A VMID names a guest everywhere, and Terraform cannot be told to hide what resources are counted by.
const cases = guests.flatMap(([what, values, more]) => paths(values).filter(([first]) => first !== 'vm_id').map((path) => ({ what, values, more, path, at: path.join('.') })));

test.each(cases)('$what: $at, which Terraform marks sensitive, is in no document', ({ values, more, path }) => {
  const after = put(values, path, hidden) as Record<string, unknown>;
  const sensitive = mark(path);
  for (const [before, then] of [[values, after], [after, values], [null, after], [after, null]] as const) {
    const actions = before === null ? ['create'] : then === null ? ['delete'] : ['update'];
    const resource = change(actions, before, then, { ...more, sensitive });
    const plan = planOf([resource], { resource_drift: before !== null && then !== null ? [resource] : [] });
    const findings = judgePlan({ plan, host: { guests: GUESTS }, stack: 'services' });
    const review = reviewOf({ base: 'main', kind: 'real', findings, before: empty, after: empty, plans: [{ stack: 'services', plan, text: '', refusedByTool: [] }] })!;
    for (const text of [reviewMarkdown(review), reviewHtml(review), ...planDeeds(plan), ...driftOf(plan).map(driftText)]) {
      expect(text).not.toContain(WORD);
      expect(text).not.toContain(String(NUMBER));
    }
  }
});
