import { homelab } from '../../homelab';
import { emit } from './emitted';
import { smallHouse } from './small-house';

/** What both houses emit: a trap must be impossible in the owner's house and in any other. */
export const houses = [
  { house: 'the owner’s house', lab: homelab, emitted: emit(homelab) },
  { house: 'the small house', lab: smallHouse, emitted: emit(smallHouse) },
] as const;
