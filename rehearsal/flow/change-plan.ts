import { parsePlan } from '../../review/parse-plan';
import type { PlanJson } from '../../review/plan-json';
import type { Machine } from '../node/machine';
import type { PveNode } from '../node/pve-node';
import { loadStandIns, serveStandIns } from '../provider/serve';
import { Refusal } from '../../common/refusal';
import type { House } from './house';
import type { Stack } from './stack';
import { checkStacks } from './stack-checks';
import { errorsOf, Terraform, type CallResult } from './terraform';
import type { InstalledTool } from './tool';
import { Workspace } from './workspace';

/** What the tool would do to one stack. */
export interface StackPlan {
  readonly stack: string;
  readonly plan: PlanJson;
  /** The plan for people, in the tool's own words; it masks what is sensitive. */
  readonly text: string;
  /** Errors of the tool that a protection of the definition caused; the plan was made in a copy without it. */
  readonly refusedByTool: readonly string[];
}

/** What is planned, on what. */
export interface ChangePlanOptions {
  readonly tool: InstalledTool;
  readonly stacks: readonly Stack[];
  /** The machine that the stacks were made for. */
  readonly machine: Machine;
  /** A rehearsed house as it was before the change; it stays as it is. */
  readonly house: House;
}

/**
 * Plans stacks on a rehearsed house without applying anything.
 * @throws Refusal when the stacks cannot be planned
 */
export async function planChange({ tool, stacks, machine, house }: ChangePlanOptions): Promise<{ plans: StackPlan[]; node: PveNode }> {
  const standIns = loadStandIns();
  checkStacks(stacks, standIns);
  const world = house.world(machine);
  const workspace = new Workspace(stacks);
  try {
    house.open(workspace);
    const served = await serveStandIns(standIns, world);
    try {
      // Planning changes nothing, so that the stacks need not wait for each other.
      const tools = () => new Terraform(tool, workspace, served.ports, world.node.tokens[0]);
      const plans = await Promise.all(stacks.map((stack) => planStack(stack, tools, workspace)));
      return { plans, node: world.node };
    } finally {
      served.close();
    }
  } finally {
    workspace.remove();
  }
}

/** @param tools makes what runs one call at a time */
async function planStack(stack: Stack, tools: () => Terraform, workspace: Workspace): Promise<StackPlan> {
  const terraform = tools();
  const begun = await terraform.init(stack);
  if (begun.code !== 0) throw failure(stack, 'init', begun);
  const first = await terraform.plan(stack);
  const refusedByTool = first.code === 1 ? errorsOf(first).filter((text) => text.includes('cannot be destroyed')) : [];
  // With the protection nobody would see what the change is; nothing is applied here.
  if (refusedByTool.length > 0) workspace.liftPreventDestroy(stack);
  const planned = refusedByTool.length > 0 ? await terraform.plan(stack) : first;
  if (planned.code !== 0 && planned.code !== 2) throw failure(stack, 'plan', planned);
  const [plan, text] = await Promise.all([terraform.showPlan(stack), tools().showPlanText(stack)]);
  return { stack: stack.name, plan: parsePlan(plan.stdout), text: planned.code === 0 ? '' : text.stdout.trim(), refusedByTool };
}

const failure = ({ name }: Stack, step: string, result: CallResult): Refusal =>
  new Refusal(`${step} of ${name} failed: ${errorsOf(result).join('; ') || result.stderr.trim()}`, 'try it alone: make rehearse');
