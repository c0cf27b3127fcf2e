import { flag, value, type Verb } from '../../common/verb';
import { Refusal } from '../../common/refusal';
import { bootstrap as runBootstrap, steps } from '../bootstrap/run';
import { engineOf } from '../engines/engine';
import { hostOf, openSite } from '../site';
import { say } from './common';

/** `bootstrap`: the verb behind `make bootstrap`. */
export const bootstrap: Verb = {
  isAlone: true,
  summary: 'brings the state from nothing into the object store; a rehearsal on this machine unless the host is named',
  options: {
    host: value('NAME', 'the real host, by its name in the definition'),
    real: flag('the real host, without its name'),
    'dry-run': flag('shows what would be done, and does nothing'),
  },
  examples: ['bootstrap', 'bootstrap --host pve --dry-run'],
  async run(root, { options }) {
    const isReal = options.real === true || options.host !== undefined;
    const site = openSite(root, isReal ? 'real' : 'rehearsal');
    if (options.host !== undefined && options.host !== hostOf(site).name) throw new Refusal(`this house's host is '${hostOf(site).name}', got '${options.host as string}'; nothing was run`);
    if (options['dry-run']) {
      for (const [index, step] of steps(site).entries()) say(`would [${index + 1}] ${step.title}`);
      return 0;
    }
    await runBootstrap(site, engineOf(site), isReal ? say : (line) => say(`rehearsal: ${line}`));
    if (!isReal) say('rehearsed; nothing real was touched');
    return 0;
  },
};
