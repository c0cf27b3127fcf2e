import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { flag } from '../../common/verb';
import { trustedRecipients } from '../agreement';
import { switchHooksOn } from '../git-hooks';
import { makeFiles, missingSpecs } from '../make-missing';
import { FILES, isExample } from '../store';
import type { Command } from './command';
import { fill } from './fill';
import { init } from './init';

/** `create`: the verb behind `make secrets`. On a fresh clone it is `init`. */
export const create: Command = {
  summary: 'makes what can be generated, asks for the rest, encrypts; keeps what is there, but for the example',
  options: { 'dry-run': flag('shows what would be done, and does nothing') },
  async run(context, args, flags) {
    const absent = FILES.filter((file) => !existsSync(join(context.store.folder, file)));
    if (isExample(context.store.folder) || absent.length === FILES.length) return init.run(context, args, flags);
    if (flags.has('dry-run')) {
      for (const spec of missingSpecs(context.store, context.specs())) context.say(`would make ${spec.name} (${spec.howToMake.kind})`);
      return 0;
    }
    // The file that is left says, under its MAC, who may open the other one.
    makeFiles(context.store, absent, trustedRecipients(context.store));
    switchHooksOn(context.root, context.say);
    return fill(context);
  },
};
