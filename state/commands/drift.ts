import { flag, type Verb } from '../../common/verb';
import { driftOf, driftText } from '../../review/drift';
import { STACKS } from '../site';
import { say } from './common';
import { plannedStack } from './planned';

/** There is a difference: not 1, which says that it could not be looked for. */
const DIFFERS = 2;

/** `./house drift`: whether the real house is what its definition says; for a timer. */
export const drift: Verb = {
  isAlone: true,
  summary: 'says how the real house differs from its definition, and what an apply would do about it; changes nothing',
  options: { json: flag('for programs: the differences as JSON') },
  examples: ['drift', 'drift --json'],
  async run(root, { options }) {
    const differences = [];
    for (const stack of STACKS) for (const each of driftOf(await plannedStack(root, stack))) differences.push({ stack, ...each });
    if (options['json']) console.log(JSON.stringify(differences));
    else if (differences.length === 0) say('the house is as it is defined');
    else for (const each of differences) say(`${each.stack}: ${driftText(each)}`);
    return differences.length === 0 ? 0 : DIFFERS;
  },
};
