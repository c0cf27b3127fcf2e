import { Refusal } from '../../common/refusal';
import { guardedApply } from '../guarded-apply';
import { localFolder, requireTerraform } from '../working-folder';
import type { Step } from './bootstrap';

/** Applies `foundation` with its state in a local file: there is no object store yet, its guest is made here. */
export const apply: Step = {
  name: 'apply',
  title: 'apply foundation with a local state',
  async run({ site }) {
    const folder = localFolder(site, 'foundation');
    await requireTerraform(site, 'preparing foundation', ['init', '-no-color'], { folder });
    // A killed run may have left a Terraform at work on the same file. Ansible is a step of its own, which can be
    // repeated: here its failure would mark the guest's resource as broken.
    const { code } = await guardedApply(site, { stack: 'foundation', folder, lockSec: 120, playbookProgram: 'true' });
    if (code !== 0) throw new Refusal(`applying foundation failed with exit code ${code}, see above; mend it and run again`);
  },
};
