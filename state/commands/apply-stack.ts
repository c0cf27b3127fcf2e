import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { exclusively, HOUSE } from '../../common/exclusive';
import { Refusal } from '../../common/refusal';
import { copyState } from '../copies/copies';
import { requireNewest } from '../copies/newest';
import { requireAnswering } from '../engines/engine';
import { guardedApply, type ApplyOptions } from '../guarded-apply';
import { RemoteState } from '../remote';
import { readObject } from '../s3';
import { openSite, s3Block, type StackName } from '../site';
import { parseSnapshot, type Snapshot } from '../snapshot';
import { say } from './common';
import { explain, openHouse, type HouseStack } from './house';

/**
 * Opens a stack of the real house and applies it, as the only one at work on this machine.
 * @throws Refusal as {@link openHouse} and {@link applyStack}, and naming whoever is at work
 */
export function applyHouse(root: string, stack: StackName, options: Parameters<typeof applyStack>[1]): Promise<number> {
  return exclusively(openSite(root, 'real'), HOUSE, async () => applyStack(await openHouse(root, stack), options));
}

/**
 * Applies a stack of the real house past the judge and keeps copies of its state: the path behind `./house state
 * apply`, `make deploy` and `cdktf deploy`.
 * @returns the exit code of Terraform
 * @throws Refusal when nothing was applied, or when a copy could not be made
 */
export async function applyStack(house: HouseStack, options: Pick<ApplyOptions, 'permission' | 'confirm' | 'isDryRun' | 'planArguments' | 'reviewed'>): Promise<number> {
  requireNothingUnsaved(house);
  await requireAnswering(house.site, house.store);
  await requirePresentNewest(house);
  const copy = async () => copyState(house.site, await RemoteState.open(house.site, house.stack, house.store), say);
  const done = await guardedApply(house.site, { ...house.options, ...options, stack: house.stack, keepState: copy });
  if (done.code === 0 && options.isDryRun) {
    say(`dry run: the plan of '${house.stack}' may be applied as it is; nothing was applied`);
    return 0;
  }
  if (done.code === 0) {
    await copy();
    return 0;
  }
  const code = explain(house, done);
  // What was done before the failure is in the state too.
  await copy().catch((error: unknown) => {
    if (!(error instanceof Refusal)) throw error;
    console.error(`state: ${error.message}`);
  });
  return code;
}

/** The state of a stack as the object store has it, without Terraform. */
async function presentState({ site, stack, store }: HouseStack): Promise<Snapshot | undefined> {
  const { bucket, key } = s3Block(site, stack);
  return parseSnapshot(await readObject(store, bucket, key), `the object store, stack '${stack}'`);
}

/** @throws Refusal when the state fell behind its copies: what was made since would be made again, or adopted */
export async function requirePresentNewest(house: HouseStack): Promise<void> {
  const present = await presentState(house);
  if (present) requireNewest(house.site, house.stack, present, say, 'Nothing was applied');
}

/** States of a stack that Terraform could not save, the oldest first: each is the only record of what a run made. */
export function unsavedStates(folder: string): string[] {
  return readdirSync(folder).filter((name) => /^errored.*\.tfstate$/.test(name)).sort().map((name) => join(folder, name));
}

function requireNothingUnsaved({ stack, options }: HouseStack): void {
  const [unsaved] = unsavedStates(options.folder);
  if (unsaved) throw new Refusal(`'${unsaved}' is a state that could not be saved, and what it knows would be made again; nothing was applied`, `see docs/state/server-died.md, then: ./house state push-errored ${stack}`);
}
