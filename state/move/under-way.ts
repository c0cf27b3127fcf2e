import { Refusal } from '../../common/refusal';
import { Journal } from '../bootstrap/journal';
import type { Site } from '../site';

/** @throws Refusal while the state is on its way from one place to another: neither of them is the state then */
export function requireNoMove(site: Site): void {
  if (new Journal(site, 'move').exists()) throw new Refusal('the state is being moved, and a run of that was interrupted; nothing was run', 'go on with it: ./house state move, see docs/state/move.md');
}
