import { MARKER, reviewMarkdown } from '../../../review/document/markdown';
import { reviewOf, type ReviewSource } from '../../../review/document/review';
import type { PlanJson } from '../../../review/plan-json';
import type { HouseVersion } from '../../../review/document/house-version';

const CANARY = 'canary-7f3a-do-not-print';

const empty: HouseVersion = { summary: null, picture: '', ansible: new Map(), roles: new Map(), secrets: [], known: [] };

const container = (name: string, change: object): NonNullable<PlanJson['resource_changes']>[number] =>
  ({ address: `proxmox_virtual_environment_container.${name}`, type: 'proxmox_virtual_environment_container', change }) as never;

function markdown(changes: NonNullable<PlanJson['resource_changes']>, more: Partial<ReviewSource> = {}, text = ''): string {
  const review = reviewOf({
    base: 'main', kind: 'rehearsed', findings: [], before: empty, after: empty,
    plans: [{ stack: 'services', plan: { resource_changes: changes }, text, refusedByTool: [] }], ...more,
  });
  return review ? reviewMarkdown(review) : '';
}

const update = (before: object, after: object, marks: object = {}) => ({ actions: ['update'], before, after, ...marks });

test('nothing is said when nothing changes', () => {
  expect(markdown([container('n8n', { actions: ['no-op'], before: {}, after: {} })])).toBe('');
});

test('the verdict comes first, and the marker before it', () => {
  const text = markdown([container('n8n', update({ vm_id: 102, cpu: [{ cores: 1 }] }, { vm_id: 102, cpu: [{ cores: 2 }] }))]);
  expect(text.split('\n').slice(0, 2)).toEqual([MARKER, '## 🟢 Safe']);
  expect(text).toContain('| 102 | **n8n** | changed | cores 1 → 2<br>');
});

test('a value that Terraform marks sensitive is never shown, wherever the mark stands', () => {
  const before = { vm_id: 102, initialization: [{ user_account: [{ password: 'old' }] }], description: 'old', secret: { a: 'x' } };
  const after = { vm_id: 102, initialization: [{ user_account: [{ password: CANARY }] }], description: CANARY, secret: { a: CANARY } };
  const marks = { before_sensitive: { description: true }, after_sensitive: { initialization: [{ user_account: [{ password: true }] }], secret: true } };
  const text = markdown([container('n8n', update(before, after, marks))]);
  expect(text).toContain('a sensitive value');
  expect(text).not.toContain(CANARY);
});

test('names that hold Markdown and HTML stay names', () => {
  const nasty = '</details><script>alert(1)</script> | **bold** `x` [l](http://evil.example) @everyone\n# head';
  const text = markdown([container('n8n', update({ vm_id: 1, description: 'a' }, { vm_id: 1, description: nasty }))]);
  expect(text).not.toMatch(/[^\\]<script/);
  expect(text).not.toMatch(/^# head/m);
  expect(text).not.toMatch(/@everyone|http:\/\/evil|[^\\]\*\*bold/);
  expect(text.match(/^\| 1 \|.*$/m)![0].split(/(?<!\\)\|/)).toHaveLength(8);
});

test('a plan of 10,000 changes becomes a comment that a forge takes, which says what it left out', () => {
  const changes = Array.from({ length: 10_000 }, (_, index) => container(`s${index}`, update({ vm_id: index, cpu: [{ cores: 1 }] }, { vm_id: index, cpu: [{ cores: 2 }] })));
  const text = markdown(changes, {}, `\`\`\`\n${'x'.repeat(100)}\n`.repeat(5000));
  expect(text.length).toBeLessThan(65_536);
  expect(text).toMatch(/\d+ of 10000 rows left out/);
  expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)!.length);
  expect(text).toContain('````text');
});
