import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refusal } from '../../common/refusal';

/** The house's own machine, as synthesis writes it beside the stacks. */
export interface Machine {
  readonly name: string;
  readonly version: string;
  readonly cores: number;
  readonly memoryMiB: number;
  readonly bridges: readonly string[];
  readonly rootGiB: number;
  readonly pools: readonly { readonly name: string; readonly usableGiB: number; }[];
  readonly imageStorages: readonly string[];
  /** Storages that are there already. */
  readonly storages?: readonly { readonly id: string; readonly type: string; readonly sizeGiB: number; readonly content: readonly string[]; }[];
  readonly token: { readonly user: string; readonly privileges: readonly string[]; };
}

const REMEDY = 'synthesize first: the machine is written beside the stacks';

/**
 * Reads the machine that stacks were made for.
 *
 * @param stackFolder - Such as `cdktf.out/stacks`; the machine lies beside it.
 * @throws Refusal when it is not there or not whole.
 */
export function readMachine(stackFolder: string): Machine {
  const path = join(dirname(stackFolder), 'machine.json');
  if (!existsSync(path)) throw new Refusal(`there is no ${path}`, REMEDY);
  let machine: Partial<Machine> | null;
  try {
    machine = JSON.parse(readFileSync(path, 'utf8')) as Partial<Machine> | null;
  } catch (error) {
    throw new Refusal(`${path} is not JSON: ${(error as Error).message}`, REMEDY);
  }
  const missing = FIELDS.filter((field) => machine?.[field] === undefined);
  if (missing.length > 0) throw new Refusal(`${path} lacks ${missing.join(', ')}`, REMEDY);
  return machine as Machine;
}

const FIELDS: readonly (keyof Machine)[] = [
  'name', 'version', 'cores', 'memoryMiB', 'bridges', 'rootGiB', 'pools', 'imageStorages', 'token',
];
