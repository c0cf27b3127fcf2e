import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { Refusal } from '../common/refusal';

/** How a guest is asked whether it is well, as the definition says. */
export type Question =
  | { readonly kind: 'http' | 'https'; readonly port: number; readonly path: string; readonly expect?: string }
  | { readonly kind: 'tcp'; readonly port: number }
  | { readonly kind: 'command'; readonly command: string };

/** A guest as synth emits it for this room. */
export interface Guest {
  readonly name: string;
  readonly vmId: number;
  readonly address: string;
  readonly health: Question;
  readonly needs: readonly string[];
}

/** What synth emits for this room. */
export interface CareManifest {
  readonly host: { readonly name: string; readonly address: string };
  readonly guests: readonly Guest[];
}

/** Reads what synth emitted below a project's folder. @throws Refusal naming the command that writes it */
export function readCareManifest(root: string): CareManifest {
  const path = join(root, 'cdktf.out', 'care', 'manifest.json');
  if (!existsSync(path)) throw new Refusal(`'${path}' is not there`, 'write it with: make synth');
  return JSON.parse(readFileSync(path, 'utf8')) as CareManifest;
}

/** Guests by name, in the order of the house; all when no name is given. @throws Refusal naming what is no guest */
export function guestsNamed({ guests }: CareManifest, names: readonly string[]): readonly Guest[] {
  const unknown = names.filter((name) => !guests.some((guest) => guest.name === name));
  if (unknown.length > 0) throw new Refusal(`no guest '${unknown.join("', '")}' in this house`, `there are ${guests.map(({ name }) => name).join(', ')}`);
  return names.length === 0 ? guests : guests.filter(({ name }) => names.includes(name));
}
