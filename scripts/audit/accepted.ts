import { readFileSync } from 'node:fs';
import { Refusal } from '../../common/refusal';

/** A finding that somebody looked at, and that may stay for a while. */
export interface Accepted {
  /** Id of the advisory, as OSV has it. */
  readonly id: string;
  /** Name of the package. */
  readonly package: string;
  /** Why it does no harm here. */
  readonly reason: string;
  /** Day until which that holds, `YYYY-MM-DD`; from then on it is a finding again. */
  readonly until: string;
}

/** Reads the list of accepted findings. @throws Refusal for an entry without a reason or a day */
export function readAccepted(path: string): Accepted[] {
  const list = JSON.parse(readFileSync(path, 'utf8')) as Partial<Accepted>[];
  const broken = list.findIndex(({ id, package: name, reason, until }) => !id || !name || !reason?.trim() || Number.isNaN(Date.parse(until ?? '')));
  if (broken >= 0) throw new Refusal(`entry ${broken + 1} of '${path}' lacks an id, a package, a reason or a day`, 'write all four: id, package, reason, until');
  return list as Accepted[];
}
