import type { LabFacts, Plain } from '../core/setting';
import { variablePrefix } from '../core/ansible';
import { roleOf, type ServiceProps } from '../service/service-props';

/**
 * What the watchers of the house are told: the questions, rules and dashboards that follow from its definition. They are no settings,
 * since a setting holds no quotes and every second PromQL expression does.
 */
export function watchVariables(service: ServiceProps, { probes, alertRules, dashboards }: LabFacts): Record<string, Plain> {
  const role = roleOf(service);
  const prefix = variablePrefix(role);
  if (role === 'prometheus') {
    return {
      [`${prefix}probes`]: probes.map((probe) => ({ ...probe })),
      [`${prefix}rules`]: alertRules.map((rule) => ({ ...rule })),
    };
  }
  if (role === 'grafana') return { [`${prefix}dashboards`]: dashboards.map(({ panels, ...own }) => ({ ...own, panels: panels.map((panel) => ({ ...panel })) })) };
  return {};
}
