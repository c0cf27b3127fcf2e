import { confirm } from '../../common/prompt';
import type { Guest } from '../manifest';
import type { Steps } from './steps';

/** What the owner said about the updates. */
export interface UpdateOptions {
  readonly dryRun: boolean;
  /** Without a question. */
  readonly yes: boolean;
  /** Without the look in check mode before, for a play that cannot be looked at. */
  readonly unchecked: boolean;
}

/** Updates guests one after another; the first that is not well ends it. @returns the exit code */
export async function updateAll(guests: readonly Guest[], steps: Steps, options: UpdateOptions): Promise<number> {
  for (const [index, guest] of guests.entries()) {
    const code = await update(guest, steps, options);
    if (code === 0) continue;
    const left = guests.slice(index + 1).map(({ name }) => name);
    if (left.length > 0) console.error(`update: not tried: ${left.join(', ')}`);
    return code;
  }
  return 0;
}

async function update(guest: Guest, steps: Steps, { dryRun, yes, unchecked }: UpdateOptions): Promise<number> {
  const { name } = guest;
  console.log(`update ${name}:\n${steps.plan(guest)}`);
  // The roles know what may not be taken in one step, such as another major version of a database, and refuse it first of all.
  if (!unchecked && (await steps.look(guest)) !== 0) {
    console.error(`update: ${name} is refused by its own play, see above; nothing was changed`);
    return 1;
  }
  if (dryRun) return 0;
  if (!yes && !(await confirm(`update ${name} so?`))) {
    console.log('update: nothing was done');
    return 1;
  }
  if ((await steps.begin(guest)) !== 0) {
    console.error(`update: ${name} has no way back, so it was not updated; nothing was changed`);
    return 1;
  }
  const played = await steps.play(guest);
  if (played === 0 && (await steps.isWell(guest))) return steps.done(guest);
  console.error(`update: ${name} ${played === 0 ? 'is not well' : `was not played to its end (ansible-playbook ended with ${played})`}; going back to before, data included`);
  await goBack(guest, steps);
  return 1;
}

/** Puts a service back to before an update that was begun. @returns whether it is back and well */
export async function goBack(guest: Guest, steps: Steps): Promise<boolean> {
  const { name } = guest;
  if ((await steps.undo(guest)) !== 0) {
    console.error(`update: ${name} is NOT back yet; the same again goes on where it stopped: ./house update ${name} --undo`);
    return false;
  }
  const well = await steps.isWell(guest);
  console.error(`update: ${name} is back to before, data included, and ${well ? 'well' : 'NOT well: look at it'}; what the update made of it is kept, see on the host: pve-restore kept`);
  return well;
}
