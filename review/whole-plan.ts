import { Refusal } from '../common/refusal';
import type { PlanJson } from './plan-json';
import { PROVIDER, PROVIDER_VERSION } from './kinds';

/** Parts of a plan that this judge reads, or that change nothing. */
const KNOWN_PARTS: ReadonlySet<string> = new Set([
  'format_version',
  'terraform_version',
  'variables',
  'planned_values',
  'resource_drift',
  'resource_changes',
  'deferred_changes',
  'complete',
  'output_changes',
  'prior_state',
  'configuration',
  'relevant_attributes',
  'checks',
  'timestamp',
  'applyable',
  'errored',
]);

/**
 * Refuses a plan that is not all of what would happen: one that failed, leaves something for later, or has parts that
 * this judge was not made for.
 * @throws Refusal naming everything that is missing or not known
 */
export function requireWhole(plan: PlanJson): void {
  const problems = [...versionProblems(plan), ...incomplete(plan), ...unknownParts(plan), ...failedChecks(plan)];
  if (problems.length === 0) return;
  throw new Refusal(`this plan cannot be judged:\n  ${problems.map(({ problem, remedy }) => `${problem}\n    ${remedy}`).join('\n  ')}`);
}

interface Problem {
  readonly problem: string;
  readonly remedy: string;
}

const AGAIN = 'plan the whole stack again, without -target';

function versionProblems({ format_version: format, configuration }: PlanJson): Problem[] {
  const problems: Problem[] = [];
  if (format !== undefined && !/^1\./.test(format)) {
    problems.push({ problem: `its format is '${format}', and this judge knows 1.x`, remedy: 'plan with the Terraform that the house names' });
  }
  for (const [name, config] of Object.entries(configuration?.provider_config ?? {})) {
    if (!(config?.full_name ?? '').endsWith(PROVIDER)) continue;
    const version = (config.version_constraint ?? '').replace(/^[=\s]+/, '');
    if (version === '' || version === PROVIDER_VERSION) continue;
    problems.push({
      problem: `its provider '${name}' is bpg/proxmox ${version}, and what this judge knows was taken from ${PROVIDER_VERSION}`,
      remedy: 'compare what forces a replacement or a restart, change review/, then PROVIDER_VERSION in review/kinds.ts',
    });
  }
  return problems;
}

function incomplete(plan: PlanJson): Problem[] {
  const problems: Problem[] = [];
  if (isSet(plan.errored, false)) problems.push({ problem: 'planning failed half-way (errored), so that it holds only a part', remedy: 'mend what Terraform said' });
  if (isSet(plan.complete, true)) problems.push({ problem: 'it holds only a part of the stack (complete: false)', remedy: AGAIN });
  if (isSet(plan.applyable, true) && doesSomething(plan)) problems.push({ problem: 'Terraform calls it not applyable, though it changes something', remedy: AGAIN });
  if (isFilled(plan.deferred_changes)) problems.push({ problem: 'it leaves changes for later (deferred_changes)', remedy: AGAIN });
  return problems;
}

const isSet = (value: unknown, usual: boolean): boolean => value !== undefined && value !== usual;

const isFilled = (value: unknown): boolean =>
  Array.isArray(value) ? value.length > 0 : typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : value !== undefined && value !== null;

const doesSomething = ({ resource_changes: changes }: PlanJson): boolean =>
  (changes ?? []).some(({ change }) => !['no-op', 'read'].includes(change.actions.join()));

const unknownParts = (plan: PlanJson): Problem[] =>
  Object.keys(plan)
    .filter((part) => !KNOWN_PARTS.has(part) && isFilled(plan[part]))
    .map((part) => ({ problem: `it has a part '${part}', which this judge does not know`, remedy: 'take out of the definition what Terraform plans there' }));

function failedChecks({ checks }: PlanJson): Problem[] {
  if (!Array.isArray(checks)) return isFilled(checks) ? [{ problem: 'its checks are no list', remedy: AGAIN }] : [];
  return checks
    .filter((check) => check?.status !== 'pass' && check?.status !== 'unknown')
    .map((check) => ({
      problem: `its check ${String(check?.address?.to_display ?? 'without a name')} has the status '${String(check?.status)}'`,
      remedy: 'make what the check asks for true, or take the check out',
    }));
}
