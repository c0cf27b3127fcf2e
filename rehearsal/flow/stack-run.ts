import { changesOf, isGuest, vmidOf } from '../../review/change';
import { judge } from '../../review/judge';
import { keptIn } from '../../review/kept';
import { objectionText, type Objection } from '../../review/objection';
import { parsePlan } from '../../review/parse-plan';
import type { Permission } from '../../review/permission';
import { actionOf, type Action, type PlanJson } from '../../review/plan-json';
import { diskList, guestList } from '../node/guest-list';
import type { PveNode } from '../node/pve-node';
import type { Ending } from '../scenarios/scenario';
import type { Stack } from './stack';
import { errorsOf, type CallResult, type Terraform } from './terraform';

/** What a step of the tool is called in the table. */
export type Phase = 'init' | 'validate' | 'plan' | 'guard' | 'apply' | 'again';

/** Told when a phase of a stack is over. */
export type Progress = (stack: Stack, phase: Phase, millis: number) => void;

/** How many resources, and which guests, a plan creates, changes, replaces and destroys. */
export interface Effects {
  readonly resources: Readonly<Record<Action, number>>;
  /** VMIDs. */
  readonly guests: Readonly<Record<Action, readonly number[]>>;
}

/** What came of bringing one stack to what it defines. */
export interface StackOutcome {
  readonly stack: Stack;
  readonly ends: Ending;
  readonly effects: Effects;
  readonly refusals: readonly Objection[];
  /** Error messages of the tool, and what did not hold. */
  readonly errors: readonly string[];
  /** Milliseconds by phase. */
  readonly millis: Readonly<Partial<Record<Phase, number>>>;
}

/** What the user lets the plans do. */
export interface Permissions {
  readonly allow: readonly Permission[];
  /** How many guests may be restarted. */
  readonly reboots: number;
}

const ACTIONS: readonly Action[] = ['none', 'create', 'update', 'replace', 'delete', 'forget'];

/** Brings one stack to what it defines: init and validate when it is new, then plan, guard, apply, an empty plan. */
export class StackRun {
  private readonly millis: Partial<Record<Phase, number>> = {};
  private effects: Effects = effectsOf({});

  constructor(
    private readonly stack: Stack,
    private readonly terraform: Terraform,
    private readonly node: PveNode,
    private readonly progress: Progress,
  ) {}

  /** @param isNew - Whether the stack was not initialized before. */
  async raise(isNew: boolean, permission: Permissions): Promise<StackOutcome> {
    for (const phase of isNew ? (['init', 'validate'] as const) : []) {
      const result = await this.timed(phase, this.terraform[phase](this.stack));
      if (result.code !== 0) return this.failed(result);
    }
    const planned = await this.timed('plan', this.terraform.plan(this.stack));
    if (planned.code === 0) return this.outcome('done');
    if (planned.code !== 2) return this.failed(planned, await this.prevented(planned));
    const refusals = await this.guard(permission);
    if (refusals.length > 0) return this.outcome('refused', { refusals });
    const applied = await this.timed('apply', this.terraform.applyPlan(this.stack));
    if (applied.code !== 0) return this.failed(applied);
    const again = await this.timed('again', this.terraform.plan(this.stack));
    if (again.code === 0) return this.outcome('done');
    if (again.code !== 2) return this.failed(again);
    const open = await this.readPlan();
    const addresses = (open.resource_changes ?? []).filter((item) => actionOf(item) !== 'none').map((item) => item.address);
    return this.outcome('failed', { errors: [`the second plan is not empty: ${addresses.join(', ')}`] });
  }

  /** Destroys the stack as it is now; protected resources make the tool refuse. */
  async destroy(): Promise<StackOutcome> {
    const planned = await this.timed('plan', this.terraform.planDestroy(this.stack));
    if (planned.code !== 0) return this.failed(planned);
    this.effects = effectsOf(await this.readPlan());
    const applied = await this.timed('apply', this.terraform.applyPlan(this.stack));
    return applied.code === 0 ? this.outcome('done') : this.failed(applied);
  }

  private async guard({ allow, reboots }: Permissions): Promise<readonly Objection[]> {
    const begin = performance.now();
    const plan = await this.readPlan();
    this.effects = effectsOf(plan);
    const host = { guests: guestList(this.node), disks: diskList(this.node) };
    const { name: stack, config } = this.stack;
    const { objections } = judge({ plan, host, permissions: allow, restarts: reboots, stack, kept: keptIn(config) });
    this.record('guard', performance.now() - begin);
    return objections;
  }

  private async readPlan(): Promise<PlanJson> {
    return parsePlan((await this.terraform.showPlan(this.stack)).stdout);
  }

  private async timed(phase: Phase, call: Promise<CallResult>): Promise<CallResult> {
    const result = await call;
    this.record(phase, result.millis);
    return result;
  }

  private record(phase: Phase, millis: number): void {
    this.millis[phase] = millis;
    this.progress(this.stack, phase, millis);
  }

  /** What the guard says of a plan that the tool refused for `prevent_destroy`, whose words name neither guest nor value. */
  private async prevented(planned: CallResult): Promise<string[]> {
    if (!errorsOf(planned).some((text) => text.includes('cannot be destroyed'))) return [];
    this.terraform.workspace.liftPreventDestroy(this.stack);
    try {
      if ((await this.terraform.plan(this.stack)).code !== 2) return [];
      return (await this.guard({ allow: [], reboots: 0 })).map(objectionText);
    } finally {
      this.terraform.workspace.restore(this.stack);
    }
  }

  private failed(result: CallResult, more: readonly string[] = []): StackOutcome {
    if (result.code === null) return this.outcome('killed');
    const errors = [...errorsOf(result), ...more];
    return this.outcome('failed', { errors: errors.length > 0 ? errors : [result.stderr.trim()] });
  }

  private outcome(ends: Ending, found: { refusals?: readonly Objection[]; errors?: readonly string[]; } = {}): StackOutcome {
    return {
      stack: this.stack,
      ends,
      effects: this.effects,
      refusals: found.refusals ?? [],
      errors: found.errors ?? [],
      millis: this.millis,
    };
  }
}

/** Counts what a plan does. */
export function effectsOf(plan: PlanJson): Effects {
  const resources = plan.resource_changes ?? [];
  const guests = changesOf(plan).filter(isGuest);
  const tally = <T>(count: (action: Action) => T): Record<Action, T> =>
    Object.fromEntries(ACTIONS.map((action) => [action, count(action)])) as Record<Action, T>;
  return {
    resources: tally((action) => resources.filter((resource) => actionOf(resource) === action).length),
    guests: tally((action) =>
      guests
        .filter((guest) => guest.action === action)
        .flatMap((guest) => vmidOf(guest.after ?? guest.before) ?? [])
        .sort((a, b) => a - b)
    ),
  };
}
