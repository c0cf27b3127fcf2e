import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { flag, value, type Verb } from '../../common/verb';
import { Refusal } from '../../common/refusal';
import { guestsNamed, readCareManifest } from '../manifest';
import { table } from './answer';
import { askHealth } from './ask';

/** `./house health`: asks every guest its declared question. */
export const health: Verb = {
  words: '[GUEST]...',
  summary: 'asks guests their declared health question, all at once; exit code 1 when one is not well',
  options: {
    json: flag('for programs: all answers as JSON'),
    watch: flag('asks every 10 s until all are well'),
    within: value('SEC', 'the same, for so long at most'),
    timeout: value('SEC', 'how long one answer may take (default 10)'),
    authority: value('FILE', "the house's authority, for services with TLS (default .state/ca.pem)"),
  },
  examples: ['health', 'health gitea postgresql --watch'],
  run: async (root, { words, options }) => {
    const guests = guestsNamed(readCareManifest(root), words);
    const timeoutSec = secondsOf(options['timeout'], 10);
    const authorityPem = authorityOf(root, options['authority']);
    const until = options['watch'] ? Infinity : Date.now() + (options['within'] === undefined ? 0 : secondsOf(options['within'], 0, 'within') * 1000);
    // Whoever is given time is asked once more when it is up.
    for (let last = Date.now() >= until; ; last = Date.now() >= until) {
      const answers = await askHealth(guests, { timeoutSec, authorityPem });
      console.log(options['json'] ? JSON.stringify(answers) : table(answers));
      const well = answers.every(({ ok }) => ok);
      if (well || last) return well ? 0 : 1;
      await sleep(Math.max(0, Math.min(10_000, until - Date.now())));
    }
  },
};

/** The seconds that an option says, above 0 and at most 3600. @throws Refusal for anything else */
export function secondsOf(value: unknown, byDefault: number, option = 'timeout'): number {
  const seconds = Number(value ?? byDefault);
  if (!(seconds > 0 && seconds <= 3600)) throw new Refusal(`--${option} is a number of seconds above 0, at most 3600, got '${String(value)}'`);
  return seconds;
}

/** The house's authority as the state keeps it for Terraform, or another file. */
export function authorityOf(root: string, named: unknown): string | undefined {
  const path = typeof named === 'string' ? named : join(root, '.state', 'ca.pem');
  if (existsSync(path)) return readFileSync(path, 'utf8');
  if (named !== undefined) throw new Refusal(`--authority: '${path}' is not there`);
  return undefined;
}
