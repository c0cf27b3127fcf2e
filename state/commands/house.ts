import { Refusal } from '../../common/refusal';
import { Access } from '../access';
import { requireKnownLineage, requireNoneLost } from '../copies/newest';
import { explainFailure } from '../failure';
import { requireTrustedHost } from '../host-authority';
import { describeLock, lockInText } from '../lock';
import type { Credentials, ObjectStore } from '../object-store';
import { requireNoMove } from '../move/under-way';
import { ForeignState, readOwnState } from '../own-state';
import { initialize } from '../provider-lock';
import { openSite, readStoreFacts, s3Block, stackFolder, type Site, type StackName } from '../site';
import { parseSnapshot } from '../snapshot';
import type { TerraformRun } from '../terraform';
import { say } from './common';

/** A stack of the real house, in its synthesized folder, with Terraform prepared. */
export interface HouseStack {
  readonly site: Site;
  readonly stack: StackName;
  readonly store: ObjectStore;
  readonly options: { readonly folder: string; readonly credentials: Credentials };
}

/** A stack of the real house as it was synthesized. @throws Refusal when it keeps its state elsewhere, or a secret is missing */
export function stackOf(root: string, stack: StackName): HouseStack {
  const site = openSite(root, 'real');
  s3Block(site, stack);
  const access = new Access(site);
  const store = access.store(access.key());
  return { site, stack, store, options: { folder: stackFolder(site, stack), credentials: store.credentials } };
}

/**
 * A stack whose state Terraform may be told of.
 * @param tell what is told of it. @default - on standard output
 * @throws Refusal when it is not this house's, or of a lineage that no copy knows
 */
export async function trustedStack(root: string, stack: StackName, tell = say): Promise<HouseStack> {
  const house = stackOf(root, stack);
  requireNoMove(house.site);
  const present = parseSnapshot(await readMoved(house), `the object store, stack '${stack}'`);
  if (present) requireKnownLineage(house.site, stack, present, tell);
  else requireNoneLost(house.site, stack, tell);
  return house;
}

/** The state of a stack. @throws Refusal that tells of a declared move, when it is not there yet */
async function readMoved({ site, stack, store }: HouseStack): Promise<string | undefined> {
  const { formerly } = readStoreFacts(site);
  if (!formerly) return readOwnState(site, stack, store);
  const notYet = (why: string) => new Refusal(`${why}; the definition says that the state moves from ${formerly.endpoint}, bucket '${formerly.bucket}'. Nothing was run`, 'move it: ./house state move, see docs/state/move.md');
  let text;
  try {
    text = await readOwnState(site, stack, store);
  } catch (error) {
    if (!(error instanceof Refusal) || error instanceof ForeignState) throw error;
    throw notYet(error.problem);
  }
  // A stack that never was applied has no state anywhere.
  if (!text && stack === 'foundation') throw notYet(`there is no state of '${stack}' at ${store.endpoint}`);
  return text;
}

/**
 * Prepares Terraform in the folder of a stack.
 * @param tell see trustedStack
 * @throws Refusal saying why that failed
 */
export async function openHouse(root: string, stack: StackName, tell = say): Promise<HouseStack> {
  const house = await trustedStack(root, stack, tell);
  await requireTrustedHost(house.site, stack, tell);
  // The folder may be prepared for the place that the state was at before it moved; that the state is there was seen above.
  const init = await initialize(house.site, stack, ['-no-color', '-input=false', '-reconfigure'], house.options);
  if (init.code !== 0) {
    const meaning = explainFailure(stack, init.stderr);
    throw new Refusal(`preparing '${stack}' failed${meaning ? `: ${meaning}` : ''}\n${init.stderr.trim()}`);
  }
  return house;
}

/** Says what a failed run means for the state. @returns the exit code of Terraform */
export function explain({ stack }: Pick<HouseStack, 'stack'>, { code, stderr }: TerraformRun): number {
  const lock = lockInText(stderr);
  const meaning = lock ? describeLock(stack, lock) : explainFailure(stack, stderr);
  console.error(`state: ${meaning ?? `Terraform failed with exit code ${code}, see above`}`);
  return code;
}
