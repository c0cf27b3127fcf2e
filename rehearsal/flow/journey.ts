import type { Objection } from '../../review/objection';
import { readPermissions, type Permission } from '../../review/permission';
import type { PveNode } from '../node/pve-node';
import type { DownStep, HandStep, JourneyStep, Scenario, UpStep } from '../scenarios/scenario';
import { amountOf, type Relative } from '../scenarios/relative';
import type { World } from '../provider/world';
import { actByHand } from './by-hand';
import { definedGuests } from './defined-guests';
import { unmetExpectations, type StepOutcome } from './expectation';
import { anyOf } from './fit';
import { resourceAt, protectedAddresses, type Stack } from './stack';
import { StackRun, type Progress, type StackOutcome } from './stack-run';
import { errorsOf, type Terraform } from './terraform';
import { isProtected, type Workspace } from './workspace';

/** Everything a journey works with. */
export interface JourneyContext {
  readonly workspace: Workspace;
  readonly terraform: Terraform;
  readonly world: World;
  readonly progress: Progress;
  /** Told what happens between the tool's steps. */
  readonly say: (text: string) => void;
}

/** One step that was made: its row in the table, and what did not come as expected. */
export interface JourneyRecord {
  readonly title: string;
  readonly stacks: readonly StackOutcome[];
  readonly unmet: readonly string[];
}

/** What a step is measured against. */
interface Snapshot {
  readonly vmids: readonly number[];
  readonly tasks: number;
}

/** Makes the steps of a scenario on one world, one after the other. */
export class Journey {
  private readonly initialized = new Set<string>();
  /** What the guard refused in the step before. */
  private refused: readonly Objection[] = [];
  private anyGuest: number | null = null;
  /** Guests that were there before. */
  private readonly foreign: ReadonlySet<number>;

  constructor(private readonly context: JourneyContext) {
    this.anyGuest = definedGuests(this.stacks).length > 0 ? anyOf(this.stacks) : null;
    this.foreign = new Set(context.world.node.guests.map((guest) => guest.vmid));
  }

  /** @returns A record of each step; the journey ends with the first step that did not come as expected. */
  async make({ journey }: Scenario): Promise<JourneyRecord[]> {
    const records: JourneyRecord[] = [];
    for (const [index, step] of journey.entries()) {
      records.push(...(await this.step(step, index)));
      if (records.some((record) => record.unmet.length > 0)) break;
    }
    return records;
  }

  private step(step: JourneyStep, index: number): Promise<JourneyRecord[]> {
    if ('byHand' in step) return Promise.resolve(this.byHand(step.byHand));
    if ('down' in step) return this.down(step.down ?? {});
    return this.up(step.up ?? {}, index === 0 ? 'up' : 'up again');
  }

  private byHand(step: HandStep): JourneyRecord[] {
    const { told, vmid } = actByHand(this.node, step);
    if (vmid !== null) this.anyGuest = vmid;
    this.context.say(`by hand: ${told}`);
    return [{ title: `by hand: ${told}`, stacks: [], unmet: [] }];
  }

  private async up(step: UpStep, title: string): Promise<JourneyRecord[]> {
    const stopKilling = this.armKill(step.killAfterGuests);
    const before = this.snapshot();
    const unmet = step.import ? await this.importRefused() : [];
    const permissions = { allow: readPermissions(step.allow ?? []), reboots: this.guestsOf(step.reboots ?? 0) };
    const outcomes: StackOutcome[] = [];
    for (const stack of this.stacks) {
      const run = new StackRun(stack, this.context.terraform, this.node, this.context.progress);
      const outcome = await run.raise(!this.initialized.has(stack.name), permissions);
      this.initialized.add(stack.name);
      outcomes.push(outcome);
      if (outcome.ends !== 'done') break;
    }
    stopKilling();
    this.refused = outcomes.flatMap((outcome) => outcome.refusals);
    unmet.push(...unmetExpectations(step.expect ?? {}, this.since(before, outcomes), this.anyGuest));
    return [{ title, stacks: outcomes, unmet }];
  }

  /** First shows that protections hold, then lifts them in the copies and destroys, the last stack first. */
  private async down(step: DownStep): Promise<JourneyRecord[]> {
    const unmet: string[] = [];
    const records: JourneyRecord[] = [];
    const before = this.snapshot();
    const reversed = [...this.stacks].reverse();
    for (const stack of reversed.filter(isProtected)) {
      const outcome = await this.run(stack).destroy();
      const holds = outcome.ends === 'failed' && outcome.errors.some((text) => text.includes('cannot be destroyed'));
      if (!holds) unmet.push(`${stack.name}: destroying it was not refused although it is protected`);
      records.push({ title: 'destroy with protections', stacks: [{ ...outcome, ends: holds ? 'refused' : outcome.ends }], unmet: [] });
    }
    if (unmet.length > 0) return [...records, { title: 'protections do not hold', stacks: [], unmet }];
    this.context.say('protections are lifted in the copies; the stacks themselves keep them');
    for (const stack of reversed.filter(isProtected)) {
      this.context.workspace.unlock(stack);
      const outcome = await this.run(stack).raise(false, { allow: liftings(stack), reboots: 0 });
      records.push({ title: 'protections lifted', stacks: [outcome], unmet: outcome.errors });
    }
    for (const stack of reversed) {
      const outcome = await this.run(stack).destroy();
      records.push({ title: 'destroy', stacks: [outcome], unmet: outcome.errors });
    }
    const left = this.node.guests.map((guest) => guest.vmid).filter((vmid) => !this.foreign.has(vmid));
    if (left.length > 0) unmet.push(`guests are left on the node: ${left.join(', ')}`);
    const outcomes = records.flatMap((record) => record.stacks);
    unmet.push(...unmetExpectations(step.expect ?? {}, this.since(before, outcomes), this.anyGuest));
    return unmet.length > 0 ? [...records, { title: 'after destroy', stacks: [], unmet }] : records;
  }

  private run(stack: Stack): StackRun {
    return new StackRun(stack, this.context.terraform, this.node, this.context.progress);
  }

  /** Brings in the guests that the guard did not let be taken over. @returns what failed */
  private async importRefused(): Promise<string[]> {
    const failed: string[] = [];
    for (const { address, vmid, rule } of this.refused) {
      const stack = this.stacks.find(({ config }) => resourceAt(config, address));
      if (rule !== 'adopts-guest' || !stack) continue;
      const result = await this.context.terraform.import(stack, address, `${this.node.name}/${vmid}`);
      failed.push(...(result.code === 0 ? [] : errorsOf(result)));
    }
    return failed;
  }

  /** Kills the tool in the moment a guest was made, before it hears of it. */
  private armKill(wanted: Relative | undefined): () => void {
    if (wanted === undefined) return () => undefined;
    const afterGuests = this.guestsOf(wanted);
    let made = 0;
    this.context.world.guestMade = () => {
      made += 1;
      if (made === afterGuests) this.context.terraform.kill();
    };
    return () => {
      this.context.world.guestMade = undefined;
    };
  }

  /** A number of guests, or a share of those that are defined. */
  private guestsOf(wanted: Relative): number {
    return amountOf(wanted, definedGuests(this.stacks).length);
  }

  private snapshot(): Snapshot {
    return { vmids: this.node.guests.map((guest) => guest.vmid), tasks: this.node.tasks.length };
  }

  private since({ vmids, tasks }: Snapshot, outcomes: readonly StackOutcome[]): StepOutcome {
    const now = this.node.guests.map((guest) => guest.vmid);
    const reboots = this.node.tasks.slice(tasks).filter((task) => /^(vz|qm)reboot$/.test(task.type));
    return {
      last: outcomes[outcomes.length - 1],
      outcomes,
      created: now.filter((vmid) => !vmids.includes(vmid)),
      destroyed: vmids.filter((vmid) => !now.includes(vmid)),
      restarted: reboots.map((task) => Number(task.id)),
    };
  }

  private get node(): PveNode {
    return this.context.world.node;
  }

  private get stacks(): readonly Stack[] {
    return this.context.workspace.stacks;
  }
}

/** Lifting the protections is what that step is for. */
const liftings = (stack: Stack): Permission[] =>
  protectedAddresses(stack.config).map((subject) => ({ rule: 'unprotects-guest', subject }));
