import { Refusal } from '../common/refusal';

/** The part of `terraform show -json PLAN` the guard reads. */
export interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
}

/** One resource in a plan. */
export interface ResourceChange {
  /** Such as `proxmox_virtual_environment_container.n8n`. */
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly ('no-op' | 'create' | 'read' | 'update' | 'delete')[];
    readonly before: Attributes | null;
    readonly after: Attributes | null;
  };
}

/** Values of a resource; one that is only known after apply is absent. */
export type Attributes = Readonly<Record<string, unknown>>;

/**
 * Reads a plan.
 *
 * @throws Refusal when the text is not the JSON of a plan.
 */
export function parsePlan(text: string): PlanJson {
  const plan = parseJson(text, 'the plan', 'write it with: terraform show -json PLANFILE') as PlanJson | null;
  if (plan === null || typeof plan !== 'object' || !('format_version' in plan) || !('planned_values' in plan)) {
    throw new Refusal('the plan is not the JSON of a Terraform plan', 'write it with: terraform show -json PLANFILE');
  }
  return plan;
}

/** @throws Refusal naming the document and the remedy. */
export function parseJson(text: string, what: string, remedy: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Refusal(`${what} is not JSON: ${(error as Error).message}`, remedy);
  }
}

/** What a plan does to one resource. */
export type Action = 'none' | 'create' | 'update' | 'replace' | 'delete';

/** Terraform's list of actions as one word. */
export function actionOf({ change: { actions } }: ResourceChange): Action {
  if (actions.includes('delete')) return actions.includes('create') ? 'replace' : 'delete';
  if (actions.includes('create')) return 'create';
  return actions.includes('update') ? 'update' : 'none';
}
