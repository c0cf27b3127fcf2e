import { Refusal } from '../../common/refusal';
import { guardedApply, type ApplyOptions } from '../guarded-apply';
import { requireTrustedHost } from '../host-authority';
import { initialize } from '../provider-lock';
import { localFolder } from '../working-folder';
import type { Step } from './bootstrap';

/**
 * Applies `foundation` with its state in a local file: the guest of the object store is made here, or changed.
 * @param options what of the plan the owner lets pass, and how he is asked. @default - only what no rule refuses, unasked
 */
export const apply = (options: Pick<ApplyOptions, 'permission' | 'confirm'> = {}): Step => ({
  name: 'apply',
  title: 'apply foundation with a local state',
  async run({ site, say }) {
    await requireTrustedHost(site, 'foundation', say);
    const folder = localFolder(site, 'foundation');
    const init = await initialize(site, 'foundation', ['-no-color'], { folder });
    if (init.code !== 0) throw new Refusal(`preparing foundation failed (exit code ${init.code}): ${(init.stderr || init.stdout).trim()}`);
    // A killed run may have left a Terraform at work on the same file. Ansible is a step of its own, which can be
    // repeated: here its failure would mark the guest's resource as broken.
    const { code } = await guardedApply(site, { ...options, stack: 'foundation', folder, lockSec: 120, playbookProgram: 'true' });
    if (code !== 0) throw new Refusal(`applying foundation failed with exit code ${code}, see above; mend it and run again`);
  },
});
