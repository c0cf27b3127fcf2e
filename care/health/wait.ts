import { setTimeout as sleep } from 'node:timers/promises';

import type { Guest } from '../manifest';
import { table } from './answer';
import { askHealth, type AskOptions } from './ask';

/** Asks a guest its health question until it answers well or the time is over, and prints the last answer. */
export async function isWell(guest: Guest, timeoutSec: number, options: AskOptions): Promise<boolean> {
  const end = Date.now() + timeoutSec * 1000;
  for (;;) {
    const answers = await askHealth([guest], options);
    if (answers[0]!.ok || Date.now() > end) {
      console.log(table(answers));
      return answers[0]!.ok;
    }
    await sleep(Math.min(5000, Math.max(100, end - Date.now())));
  }
}
