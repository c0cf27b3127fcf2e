import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { localFolder, requireTerraform } from '../working-folder';
import type { Step } from './bootstrap';
import { requireOnlyCreates } from './plan-check';

/** Applies `foundation` with its state in a local file: there is no object store yet, its guest is made here. */
export const apply: Step = {
  name: 'apply',
  title: 'apply foundation with a local state',
  async run({ site }) {
    const folder = localFolder(site, 'foundation');
    // A run that was killed may have left a Terraform at work on the same file: it is waited for.
    const lock = '-lock-timeout=120s';
    await requireTerraform(site, 'preparing foundation', ['init', '-no-color'], { folder });
    const plan = join(folder, 'bootstrap.plan');
    try {
      await requireTerraform(site, 'planning foundation', ['plan', '-no-color', lock, '-var-file={}', `-out=${plan}`], { folder, show: true });
      requireOnlyCreates((await requireTerraform(site, 'reading the plan', ['show', '-json', plan], { folder })).stdout);
      await requireTerraform(site, 'applying foundation', ['apply', '-no-color', lock, '-var-file={}', plan], { folder, show: true });
    } finally {
      rmSync(plan, { force: true });
    }
  },
};
