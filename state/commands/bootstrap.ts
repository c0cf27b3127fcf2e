import type { Verb } from '../../common/command-line';
import { bootstrap as runBootstrap, steps } from '../bootstrap/run';
import { openSite } from '../site';
import { engineOf } from '../engines/engine';
import { say } from './common';

/** `bootstrap`: the verb behind `make bootstrap`. */
export const bootstrap: Verb = {
  synopsis: 'bootstrap [--real] [--dry-run]',
  summary: 'brings the state from nothing into the object store; a rehearsal on this machine without --real',
  options: { real: 'boolean', 'dry-run': 'boolean' },
  async run(root, { options }) {
    const site = openSite(root, options.real ? 'real' : 'rehearsal');
    if (options['dry-run']) {
      for (const [index, step] of steps(site).entries()) say(`would [${index + 1}] ${step.title}`);
      return 0;
    }
    await runBootstrap(site, engineOf(site), say);
    return 0;
  },
};
