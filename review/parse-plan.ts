import { Refusal } from '../common/refusal';
import { knownAction, parseJson, type PlanJson } from './plan-json';

const REMEDY = 'write it with: terraform show -json PLANFILE';

/**
 * Reads a plan.
 * @param text output of `terraform show -json PLANFILE`; it holds secrets and is never repeated in a message
 * @throws Refusal when the text is not the JSON of a plan, naming every place that has another form
 */
export function parsePlan(text: string): PlanJson {
  const plan = parseJson(text, 'the plan', REMEDY);
  if (!isObject(plan) || typeof plan.format_version !== 'string' || !('planned_values' in plan)) {
    throw new Refusal('the plan is not the JSON of a Terraform plan', REMEDY);
  }
  requireForm(plan as PlanJson);
  return plan as PlanJson;
}

/**
 * Looks at the form of everything that is judged.
 * @throws Refusal naming every place that has another form: what cannot be read cannot be judged
 */
export function requireForm(plan: PlanJson): void {
  const problems = [
    ...(['resource_changes', 'resource_drift'] as const).flatMap((part) => listProblems(part, plan[part])),
    ...['prior_state', 'configuration'].flatMap((part) => objectProblem(part, plan[part])),
    ...(isObject(plan.prior_state) ? stateProblems(plan.prior_state) : []),
    ...(isObject(plan.configuration) ? providerProblems(plan.configuration.provider_config) : []),
  ];
  if (problems.length === 0) return;
  const more = problems.length > SHOWN ? [`and ${problems.length - SHOWN} more`] : [];
  throw new Refusal(`the plan has another form than Terraform's: ${[...problems.slice(0, SHOWN), ...more].join('; ')}`, REMEDY);
}

/** Problems of a form that are worth reading at once. */
const SHOWN = 5;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function providerProblems(providers: unknown): string[] {
  const path = 'configuration.provider_config';
  if (providers === undefined || !isObject(providers)) return objectProblem(path, providers);
  return Object.entries(providers).flatMap(([name, config]) => (isObject(config) ? textProblem(config, PROVIDER_TEXTS).map((problem) => `${path}.${name} ${problem}`) : [`${path}.${name} is not an object`]));
}

const PROVIDER_TEXTS = ['full_name', 'version_constraint'];
const CHANGE_TEXTS = ['name', 'mode', 'previous_address', 'provider_name', 'deposed', 'action_reason'];

const STATE_TEXTS = ['type', 'mode'];

const textProblem = (item: Record<string, unknown>, names: readonly string[]): string[] =>
  names.filter((name) => item[name] !== undefined && typeof item[name] !== 'string').map((name) => `has a '${name}' that is no text`);

const objectProblem = (part: string, value: unknown): string[] =>
  value === undefined || isObject(value) ? [] : [`${part} is not an object`];

function listProblems(part: string, list: unknown): string[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list)) return [`${part} is not a list`];
  return list.flatMap((item, index) => {
    const problem = changeProblem(item);
    return problem === undefined ? [] : [`${part}[${index}] ${problem}`];
  });
}

function changeProblem(item: unknown): string | undefined {
  if (!isObject(item) || typeof item.address !== 'string' || typeof item.type !== 'string') return 'has no address or no type';
  const [text] = textProblem(item, CHANGE_TEXTS);
  if (text !== undefined) return text;
  const { change } = item;
  if (!isObject(change)) return 'has no change';
  const { actions } = change;
  if (!Array.isArray(actions) || !actions.every((action) => typeof action === 'string')) return 'has no list of actions';
  const action = knownAction(actions);
  if (action === undefined) return `would '${actions.join(', ')}' ${item.address}, an action that this judge does not know`;
  for (const side of ['before', 'after'] as const) {
    const value = change[side];
    if (value !== null && value !== undefined && !isObject(value)) return `has a '${side}' that is no object`;
    if (isSideNeeded(action, side) && !isObject(value)) return `has no '${side}', which its action needs`;
  }
  return undefined;
}

function isSideNeeded(action: string, side: 'before' | 'after'): boolean {
  if (action === 'none') return false;
  return side === 'before' ? action !== 'create' : action !== 'delete' && action !== 'forget';
}

function stateProblems(prior: Record<string, unknown>): string[] {
  const values = prior.values ?? {};
  if (!isObject(values)) return ['prior_state.values is not an object'];
  return moduleProblems('prior_state.values.root_module', values.root_module);
}

function moduleProblems(path: string, module: unknown): string[] {
  if (module === undefined) return [];
  if (!isObject(module)) return [`${path} is not an object`];
  const { resources = [], child_modules: children = [] } = module;
  if (!Array.isArray(resources) || !resources.every(isObject)) return [`${path}.resources is not a list of objects`];
  if (!Array.isArray(children)) return [`${path}.child_modules is not a list`];
  return [
    ...resources.flatMap((item, index) => [
      ...objectProblem(`${path}.resources[${index}].values`, item.values),
      ...textProblem(item, STATE_TEXTS).map((problem) => `${path}.resources[${index}] ${problem}`),
    ]),
    ...children.flatMap((child, index) => moduleProblems(`${path}.child_modules[${index}]`, child ?? null)),
  ];
}
