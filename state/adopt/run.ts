import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Refusal } from '../../common/refusal';
import type { Permission as OnePermission } from '../../review/permission';
import { requireJudged } from '../guard';
import { explain } from '../commands/house';
import type { Credentials } from '../object-store';
import { withPlan, type MadePlan } from '../plan';
import { initialize } from '../provider-lock';
import { readStack, type Site, type StackName } from '../site';
import type { Snapshot } from '../snapshot';
import type { TerraformRun } from '../terraform';
import { freshFolder } from '../working-folder';
import { cutStack } from './cut-stack';
import { findExisting, nameOf, type Adoption, type Existing } from './existing';
import { deedsOf, requireImportOnly } from './gate';

/** A stack of the real house, and where its state is. */
export interface AdoptingStack {
  readonly site: Site;
  readonly stack: StackName;
  /** Key for the state in the object store. @default - the state is a file */
  readonly credentials?: Credentials;
  /** File that the state is in, before there is an object store. @default - the object store */
  readonly file?: string;
}

/** How something is taken over, or forgotten again. */
export interface AdoptOptions {
  /** The state as it is. */
  readonly snapshot: Snapshot | undefined;
  /** Names to take; empty for all that are there. */
  readonly only: readonly string[];
  readonly say: (line: string) => void;
  /** Asked before the state is written. @default - it goes on */
  readonly confirm?: () => Promise<boolean>;
  /** Whether it ends before that. @default false */
  readonly isDry?: boolean;
  /** Copies the state. */
  readonly copy: () => Promise<void>;
}

const GUEST = /^proxmox_virtual_environment_(container|vm)\./;

/**
 * Takes over what the definition of a stack says is there: into the state, and by nothing but reading of the host. Run
 * again after any interruption it goes on with what is not in the state yet.
 * @returns the exit code of Terraform
 * @throws Refusal when anything would be made, changed, restarted or destroyed; nothing was taken over then
 */
export async function adoptStack(house: AdoptingStack, options: AdoptOptions): Promise<number> {
  const adoption = findExisting(house.site, house.stack, options.snapshot, options.only);
  if (adoption.importing.length === 0) {
    options.say(`${house.stack}: there is nothing that could be taken over`);
    return 0;
  }
  const folder = await prepared(house, cutStack(readStack(house.site, house.stack), adoption.inState, adoption.importing));
  const run = await planned(house, folder, async (plan) => {
    gate(house, plan, adoption);
    for (const existing of adoption.importing) options.say(`takes over ${existing.address} as it is (${existing.id}): nothing changes on the host`);
    if (options.isDry) return plan.run;
    if (options.confirm && !(await options.confirm())) throw new Refusal('nothing was taken over');
    await options.copy();
    return plan.apply();
  });
  if (run.code !== 0) return explain(house, run);
  if (options.isDry) return 0;
  await options.copy();
  await requireSettled(house, folder, adoption);
  options.say(`${adoption.importing.map(nameOf).join(', ')} ${adoption.importing.length > 1 ? 'are' : 'is'} adopted; undone by: ./house state disown ${house.stack} NAME`);
  return 0;
}

/** The judge looks as well; what its owner named may come in, and nothing else is let pass. */
function gate({ site, stack }: AdoptingStack, { content: plan }: MadePlan, { importing, host }: Adoption): void {
  requireImportOnly(plan);
  const allow = importing.filter(({ address }) => GUEST.test(address)).map(({ address }): OnePermission => ({ rule: 'imports-guest', subject: address }));
  requireJudged(site, { stack, plan, host, permission: { allow, reboots: 0 } });
}

/** Plans once more, without import blocks: what was taken over must be as it is defined. */
async function requireSettled(house: AdoptingStack, folder: string, { inState, importing }: Adoption): Promise<void> {
  const known = new Set([...inState, ...importing.map(({ address }) => address)]);
  const stack = cutStack(readStack(house.site, house.stack), inState, importing);
  delete stack.import;
  writeStack(house, folder, stack);
  const run = await planned(house, folder, async (plan) => {
    const deeds = deedsOf(plan.content);
    if (deeds.length > 0) throw new Refusal(`the ${known.size} resources of '${house.stack}' are in the state, and a second plan would change something: ${deeds.join(', ')}`, `take it back: ./house state disown ${house.stack} NAME`);
    return plan.run;
  });
  if (run.code !== 0) throw new Refusal(`a second plan of '${house.stack}' failed, see above; what was taken over is in the state`);
}

/**
 * Takes something out of the state again, and touches nothing on the host.
 * @param names last parts of addresses
 * @throws Refusal when the state does not have one of them, or the definition still makes it
 */
export async function disown(house: AdoptingStack, names: readonly string[], options: AdoptOptions): Promise<number> {
  const { inState, importing, host } = leaving(house, names, options.snapshot);
  const stack = cutStack(readStack(house.site, house.stack), new Set([...inState].filter((address) => !importing.some((one) => one.address === address))), []);
  const removed = importing.map(({ address }) => ({ from: address, lifecycle: [{ destroy: false }] }));
  const folder = await prepared(house, { ...stack, removed });
  const run = await planned(house, folder, async (plan) => {
    const allow = importing.map(({ address }): OnePermission => ({ rule: GUEST.test(address) ? 'forgets-guest' : 'narrows-storage', subject: address }));
    requireJudged(house.site, { stack: house.stack, plan: plan.content, host, permission: { allow, reboots: 0 } });
    const others = deedsOf(plan.content).filter((deed) => !importing.some(({ address }) => deed === `${address} would forget`));
    if (others.length > 0) throw new Refusal(`this would do more than forget: ${others.join(', ')}; nothing was done`);
    if (options.isDry) return plan.run;
    if (options.confirm && !(await options.confirm())) throw new Refusal('nothing was done');
    await options.copy();
    return plan.apply();
  });
  if (run.code !== 0) return explain(house, run);
  if (options.isDry) return 0;
  await options.copy();
  options.say(`${names.join(', ')} left the state of '${house.stack}'; nothing was done on the host`);
  return 0;
}

function leaving(house: AdoptingStack, names: readonly string[], snapshot: Snapshot | undefined): Adoption {
  const { inState, host } = findExisting(house.site, house.stack, snapshot, []);
  const found = names.map((name): Existing => ({ address: [...inState].find((address) => nameOf({ address }) === name && !/^(null_resource|local_file)\./.test(address)) ?? '', id: name }));
  const missing = found.filter(({ address }) => address === '');
  if (missing.length > 0) throw new Refusal(`the state of '${house.stack}' has no ${missing.map(({ id }) => `'${id}'`).join(', ')}; nothing was done`);
  const managed = found.filter(({ id }) => inState.has(`null_resource.${id}`));
  if (managed.length > 0) throw new Refusal(`${managed.map(({ id }) => `'${id}'`).join(', ')} is managed, and was not only adopted; nothing was done`, "retire it: 'retired' in the definition");
  return { inState, host, importing: found };
}

function writeStack({ file }: AdoptingStack, folder: string, content: Record<string, unknown>): void {
  const terraform = file === undefined ? content.terraform : { ...(content.terraform as object), backend: { local: { path: file } } };
  writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify({ ...content, terraform }), { mode: 0o600 });
}

async function prepared(house: AdoptingStack, content: Record<string, unknown>): Promise<string> {
  const folder = freshFolder(house.site, 'adopt', house.stack);
  writeStack(house, folder, content);
  const init = await initialize(house.site, house.stack, ['-no-color', '-input=false'], { folder, ...(house.credentials && { credentials: house.credentials }) });
  if (init.code !== 0) throw new Refusal(`preparing '${house.stack}' failed: ${(init.stderr || init.stdout).trim()}`);
  return folder;
}

const planned = (house: AdoptingStack, folder: string, work: (plan: MadePlan) => Promise<TerraformRun>): Promise<TerraformRun> => withPlan(house.site, { folder, ...(house.credentials && { credentials: house.credentials }), isQuiet: true }, work);
