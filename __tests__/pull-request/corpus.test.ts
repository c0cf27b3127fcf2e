import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize, type HomelabProps } from '../../constructs';
import { homelab } from '../../homelab';
import type { Version } from '../../pull-request/checkout';
import { compare } from '../../pull-request/commands/review';
import { verdictOf } from '../../review/finding';
import type { Review } from '../../review/document/review';
import { batches } from './changes';

jest.setTimeout(300_000);

const folder = mkdtempSync(join(tmpdir(), 'corpus-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function version(name: string, lab: HomelabProps): Version {
  const kept = join(folder, name);
  synthesize(lab, { outdir: join(kept, 'out') });
  return { name, commit: null, source: kept, output: join(kept, 'out'), kept };
}

const base = version('base', homelab);

test('there are forty changes at least', () => {
  expect(batches.flat().length).toBeGreaterThanOrEqual(40);
});

describe.each(batches.map((changes, index) => ({ number: index + 1, changes })))('batch $number of changes', ({ number, changes }) => {
  let review: Review;

  beforeAll(async () => {
    const lab = changes.reduce((house, { change }) => change(house), homelab);
    review = (await compare(base, version(`batch-${number}`, lab)))!;
  });

  test.each(changes)('$subject, $what: $verdict', ({ subject, verdict }) => {
    const about = review.findings.filter((finding) => finding.subject === subject);
    expect({ verdict: verdictOf(about), because: about.map(({ rule }) => rule) }).toEqual({ verdict, because: expect.anything() });
  });

  test('none is safe when its row says that it stops or loses something', () => {
    const bad = review.rows.filter(({ running, data }) => /stops|restarts/.test(running) || /lost|risk/.test(data)).map(({ name }) => name);
    // A guest whose VMID another takes is told of at the other one.
    const told = review.findings.filter(({ severity }) => severity !== 'told').map(({ subject, problem }) => `${subject} ${problem}`).join(' ');
    expect(bad.length).toBeGreaterThan(0);
    expect(bad.filter((name) => !told.includes(name))).toEqual([]);
  });
});
