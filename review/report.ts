import type { Verdict } from './judge';
import { noteText, objectionText } from './objection';
import { permissionText } from './permission';

/** What is worth knowing before one says yes, a line each: restarts, notes, and permissions that nothing needs. */
export const toldLines = ({ restarts, notes, unused }: Verdict): string[] => [
  ...restarts.map(({ address, causes }) => `will restart ${address}: ${causes.join(', ')}`),
  ...notes.map(noteText),
  ...unused.map((permission) => `--allow '${permissionText(permission)}' is not needed by this plan`),
];

/** Why a plan is refused, as one text; empty when it may be applied. */
export const refusalText = ({ objections }: Verdict): string => objections.map(objectionText).join('\n\n  ');
