import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { readHouse } from '../../recovery/house';
import { rebuildSteps } from '../../recovery/steps';
import { ROOT } from '../tools/ensure-tools';
import { RebuildLab } from './rebuild-lab';

const page = readFileSync(join(ROOT, 'docs', 'recovery', 'full-rebuild.md'), 'utf8');
const anchors = (text: string) => [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) => heading!.toLowerCase().replace(/[^\w\- ]/g, '').replaceAll(' ', '-'));

const lab = new RebuildLab();
const steps = rebuildSteps({ house: readHouse(lab.root), folder: lab.path('state'), unattended: true });
afterAll(() => lab.remove());

test.each(steps.map((step) => [step.id, step] as const))('step %s is in the table, under the number of its section, with a heading to read when it fails', (id, step) => {
  expect(page).toMatch(new RegExp(`^\\| ${step.section} \\|.*\`${id}\``, 'm'));
  expect(anchors(page)).toContain(step.help);
});

test.each(['docs/recovery/full-rebuild.md', 'docs/hardware-setup.md'])('every link of %s leads somewhere', (path) => {
  const text = readFileSync(join(ROOT, path), 'utf8');
  for (const [, target] of text.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
    const [file, anchor] = target!.split('#');
    const linked = file ? join(ROOT, dirname(path), file) : join(ROOT, path);
    expect({ target, exists: existsSync(linked) }).toEqual({ target, exists: true });
    if (anchor) expect(anchors(readFileSync(linked, 'utf8'))).toContain(anchor);
  }
});
