import { guestText, isGuest, shown, vmidOf, type Change } from '../change';
import { asks, tells } from '../rule';
import { isSame, valueAt, type Path } from '../values';

const isKept = (change: Change): boolean => isGuest(change) && change.before !== null && change.after !== null;

/** A guest must not lose its protection: it is the step before every loss. */
export const unprotectsGuest = asks('unprotects-guest', 'loss', (change) =>
  isKept(change) && change.before?.protection === true && change.after?.protection !== true
    ? [{ problem: `this would take the protection from ${guestText(change)}: the next change may destroy it`, remedy: 'keep its protection; a service that holds data keeps() it' }]
    : [],
);

/** A running guest must not be stopped. */
export const stopsGuest = asks('stops-guest', 'outage', (change, { stateVmid }) => {
  if (!isKept(change) || change.action !== 'update' || change.before?.started !== true || change.after?.started === true) return [];
  const state = stateVmid !== null && vmidOf(change.before) === stateVmid ? '; it keeps the state, which then cannot be written' : '';
  return [{ problem: `this would stop the running ${guestText(change).slice('the '.length)}${state}`, remedy: 'leave it started' }];
});

const OS_TYPE: Path = ['operating_system', 0, 'type'];

/** The family of a guest's operating system belongs to its making: with another one Proxmox VE does not start it again. */
export const changesOsFamily = asks('changes-os-family', 'outage', (change) =>
  isKept(change) && change.action === 'update' && !isSame(valueAt(change.before, OS_TYPE), '') && !isSame(valueAt(change.before, OS_TYPE), valueAt(change.after, OS_TYPE))
    ? [
        {
          problem: `this would call what is installed in ${guestText(change)} another system, ${shown(change, OS_TYPE)}: it is stopped and does not start again`,
          remedy: 'another image is for new guests; leave the type of those that exist',
        },
      ]
    : [],
);

const AMOUNTS: readonly { path: Path; unit: string }[] = [
  { path: ['memory', 0, 'dedicated'], unit: 'MiB of memory' },
  { path: ['memory', 0, 'swap'], unit: 'MiB of swap' },
  { path: ['memory', 0, 'floating'], unit: 'MiB of floating memory' },
  { path: ['cpu', 0, 'cores'], unit: 'cores' },
];

/** Less memory or fewer cores than a guest had. */
export const lowersGuest = tells('lowers-guest', (change) =>
  isKept(change) && change.action === 'update'
    ? AMOUNTS.filter(({ path }) => Number(valueAt(change.after, path) ?? 0) < Number(valueAt(change.before, path) ?? 0)).map(
        ({ path, unit }) => `${guestText(change)} gets less: ${shown(change, path)} ${unit}`,
      )
    : [],
);
