import { Refusal } from '../common/refusal';
import { parseJson } from './plan-json';

/** One guest on the node, as PVE lists it. */
export interface ListedGuest {
  readonly vmid: number;
  readonly type: string;
  readonly name?: string;
  readonly status?: string;
}

const REMEDY = 'write it with: pvesh get /cluster/resources --type vm --output-format json';

/**
 * Reads the node's guests.
 *
 * @param text - Output of `pvesh get /cluster/resources --type vm --output-format json`.
 * @throws Refusal when the text is something else: an empty list must be told apart from a failed command.
 */
export function parseGuestList(text: string): ListedGuest[] {
  const list = parseJson(text, 'the guest list', REMEDY);
  if (!Array.isArray(list) || list.some((guest) => typeof guest?.vmid !== 'number')) {
    throw new Refusal('the guest list is not a list of guests with a vmid each', REMEDY);
  }
  return list as ListedGuest[];
}
