import { guestText, isGuest, shown, vmidOf, type Change } from '../change';
import type { Attributes } from '../plan-json';
import { asks, type Finding } from '../rule';
import type { Situation } from '../situation';
import { listOf, pathText } from '../values';
import { otherHalf } from './renames-guest';

/** A guest must not be destroyed. */
export const destroysGuest = asks('destroys-guest', 'loss', (change, situation) =>
  change.action === 'delete' ? loss(change, situation, 'destroy', 'put it back into the definition, or back it up first') : [],
);

/** A guest must not be destroyed and made anew. */
export const replacesGuest = asks('replaces-guest', 'loss', (change, situation) =>
  change.action === 'replace' || changesVmid(change)
    ? loss(change, situation, 'destroy and create anew', 'make the change by hand (pct set, pct resize) and then in the definition, or back it up first')
    : [],
);

/** A guest must not be left to nobody. */
export const forgetsGuest = asks('forgets-guest', 'unclear', (change) =>
  isGuest(change) && change.action === 'forget'
    ? [
        {
          problem: `this would leave ${guestText(change)} running without anybody who knows it: the next plan that makes one on its VMID takes it over`,
          remedy: 'put it back into the definition',
        },
      ]
    : [],
);

/** A template is never made anew: its clones stand on its disk. */
const RENEWED = 'put its values back, and renew it beside the old one, under another VMID and name: docs/everyday.md, "Renew the template"';

/** No update can do that; one that says so would be a replacement. */
const changesVmid = ({ action, before, after }: Change): boolean => action === 'update' && vmidOf(before) !== vmidOf(after);

function loss(change: Change, situation: Situation, verb: string, remedy: string): Finding[] {
  if (!isGuest(change) || (change.action === 'delete' && otherHalf(change, situation))) return [];
  const held = dataHeld(change.before);
  const why = change.replacing.length > 0 ? ` because of ${change.replacing.map((path) => `${pathText(path)} ${shown(change, path)}`).join(', ')}` : '';
  const way = change.before?.template === true ? RENEWED : remedy;
  return [{ problem: `this would ${verb} ${guestText(change)}${why}${held.length > 0 ? `: ${held.join(', ')}` : ''}`, remedy: way }];
}

/** What makes a guest worth more than a copy of its template, in words; empty when nothing shows in its values. */
function dataHeld(values: Attributes | null): string[] {
  const held: string[] = [];
  if (values?.protection === true) held.push('it is protected');
  const mounts = listOf(values?.mount_point);
  if (mounts.length > 0) held.push(`it has ${mounts.length} mount point${mounts.length > 1 ? 's' : ''}`);
  if (values?.template !== true) held.push('its root disk exists only once');
  return held;
}
