import { isUnknown, type Change } from '../change';
import { asks, tells } from '../rule';
import type { Situation } from '../situation';
import { isSame } from '../values';

/** Why a program would run again, in words; undefined when nothing shows why. */
function causeOf(change: Change, { changes }: Situation): string | undefined {
  if (change.action === 'create') return 'it has not run yet';
  for (const name of ['triggers', 'triggers_replace', 'input']) {
    if (isUnknown(change, [name]) || !isSame(change.before?.[name], change.after?.[name])) return 'its definition changed';
  }
  if (change.reason === 'replace_because_tainted') return 'it failed the last time';
  if (change.reason === 'replace_by_request') return '-replace names it';
  const beside = changes.find((other) => other.address !== change.address && other.name === change.name && other.action !== 'none');
  return beside ? `${beside.address} changes` : undefined;
}

/** A program must not run on what did not change. */
export const runsProgram = asks('runs-program', 'unclear', (change, situation) =>
  change.kind === 'provisioner' && change.action === 'replace' && causeOf(change, situation) === undefined
    ? [{ problem: `its program would run again, though neither its definition nor a resource of its name changed (${change.reason ?? 'no reason given'})`, remedy: 'leave out what triggers it' }]
    : [],
);

/** Programs that an apply runs. */
export const tellsProgram = tells('tells-program', (change, situation) => {
  const cause = change.kind === 'provisioner' && ['create', 'replace'].includes(change.action) ? causeOf(change, situation) : undefined;
  return cause === undefined ? [] : [`its program runs: ${cause}`];
});
