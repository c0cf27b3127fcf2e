import { Refusal } from '../common/refusal';

/** Values of a resource; one that is only known after apply is absent. */
export type Attributes = Readonly<Record<string, unknown>>;

/** One resource in a plan, as Terraform writes it. */
export interface ResourceChange {
  /** Such as `proxmox_virtual_environment_container.n8n`. */
  readonly address: string;
  readonly type: string;
  readonly name?: string;
  /** `data` for what is only read. */
  readonly mode?: string;
  readonly previous_address?: string;
  readonly provider_name?: string;
  /** Key of an object that a failed replacement left behind. */
  readonly deposed?: string;
  /** Why Terraform wants it, such as `replace_because_tainted`. */
  readonly action_reason?: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Attributes | null;
    readonly after: Attributes | null;
    readonly after_unknown?: unknown;
    readonly before_sensitive?: unknown;
    readonly after_sensitive?: unknown;
    readonly importing?: unknown;
    /** Paths of the values that only a new object can have. */
    readonly replace_paths?: unknown;
  };
}

/** A resource as a state holds it. */
export interface StateResource {
  readonly address?: string;
  readonly type?: string;
  readonly mode?: string;
  readonly values?: Attributes;
}

/** A module of a state, with those inside it. */
export interface StateModule {
  readonly resources?: readonly StateResource[];
  readonly child_modules?: readonly StateModule[];
}

/** The part of `terraform show -json PLAN` that is judged. */
export interface PlanJson {
  readonly format_version?: string;
  readonly resource_changes?: readonly ResourceChange[];
  /** What was changed past Terraform: as the state had it, and as it was found. */
  readonly resource_drift?: readonly ResourceChange[];
  /** What Terraform's state held, after it was refreshed. */
  readonly prior_state?: { readonly values?: { readonly root_module?: StateModule } };
  readonly configuration?: { readonly provider_config?: Readonly<Record<string, { readonly full_name?: string; readonly version_constraint?: string }>> };
  readonly [part: string]: unknown;
}

/** The resources that a plan does something to. */
export function doneIn({ resource_changes: changes }: PlanJson): readonly ResourceChange[] {
  return (changes ?? []).filter(({ change }) => !['no-op', 'read'].includes(change.actions.join()));
}

/** What a plan does to one resource. */
export type Action = 'none' | 'create' | 'update' | 'replace' | 'delete' | 'forget';

/** Terraform's lists of actions, joined by a comma, as one word. */
const ACTIONS: Readonly<Record<string, Action>> = {
  'no-op': 'none',
  read: 'none',
  create: 'create',
  update: 'update',
  delete: 'delete',
  forget: 'forget',
  'delete,create': 'replace',
  'create,delete': 'replace',
};

/** Terraform's list of actions as one word, undefined for a list that this judge does not know. */
export const knownAction = (actions: readonly string[]): Action | undefined =>
  Object.hasOwn(ACTIONS, actions.join(',')) ? ACTIONS[actions.join(',')] : undefined;

/** Terraform's list of actions as one word. @throws Refusal for one that this judge does not know */
export function actionOf({ address, change: { actions } }: ResourceChange): Action {
  const action = knownAction(actions);
  if (action) return action;
  throw new Refusal(`the plan would '${actions.join(', ')}' ${address}: this judge does not know that action`, 'plan with the Terraform that the house names');
}

/** @throws Refusal naming the document and the remedy. */
export function parseJson(text: string, what: string, remedy: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own words would repeat a piece of the text, and a plan holds secrets.
    throw new Refusal(`${what} is not JSON${text.trim() === '' ? ': it is empty' : ''}`, remedy);
  }
}
