import { WrongUsage } from '../../common/refusal';
import { flag, value, type Verb } from '../../common/verb';
import { secondsOf } from '../health/verb';
import { guestsNamed, readCareManifest, type Guest } from '../manifest';
import { stepsOn } from './steps';
import { goBack, updateAll } from './update';

/** `./house update`: plays services anew, with a way back that holds their data too. */
export const update: Verb = {
  words: '[SERVICE]...',
  summary: 'dumps and keeps one moment, plays, asks the health question; what is not well goes back to before, data included',
  options: {
    'dry-run': flag('says what would change, by a play in check mode, and changes nothing'),
    undo: flag('goes back to before an update of this service that was begun and did not end'),
    unchecked: flag('without the play in check mode before'),
    yes: flag('does it without a question'),
    timeout: value('SEC', 'how long a service may take to be well afterwards (default 300)'),
  },
  examples: ['update n8n --dry-run', 'update gitea', 'update --yes', 'update n8n --undo'],
  run: async (root, { words, options }) => {
    if (options['undo'] && words.length !== 1) throw new WrongUsage('update --undo takes the name of one service');
    const manifest = readCareManifest(root);
    const guests = neededFirst(guestsNamed(manifest, words));
    const steps = stepsOn(root, manifest, secondsOf(options['timeout'], 300));
    if (!options['undo']) return updateAll(guests, steps, { dryRun: options['dry-run'] === true, yes: options['yes'] === true, unchecked: options['unchecked'] === true });
    return (await goBack(guests[0]!, steps)) ? 0 : 1;
  },
};

/** Guests in an order in which each comes after those that it needs. */
export function neededFirst(guests: readonly Guest[]): readonly Guest[] {
  const ordered: Guest[] = [];
  const visit = (guest: Guest): void => {
    if (ordered.includes(guest)) return;
    for (const need of guest.needs) guests.filter(({ name }) => name === need).forEach(visit);
    ordered.push(guest);
  };
  guests.forEach(visit);
  return ordered;
}
