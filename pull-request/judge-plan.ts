import type { Finding } from '../review/finding';
import type { ListedGuest } from '../review/host';
import { judge } from '../review/judge';
import type { PlanJson } from '../review/plan-json';

/** What a row of the table says already. */
const IN_THE_TABLE: ReadonlySet<string> = new Set(['tells-program']);

/** What the judge says of one plan, about the service it belongs to; nothing is allowed beforehand. */
export function judgePlan(plan: PlanJson, guests: readonly ListedGuest[], stack: string): Finding[] {
  const { objections, notes } = judge({ plan, host: { guests }, stack });
  return [...objections, ...notes.filter(({ rule }) => !IN_THE_TABLE.has(rule))].map(({ severity, rule, address, guest, problem, remedy }) => ({
    severity,
    rule,
    subject: guest ?? address.split('.').pop() ?? address,
    problem,
    remedy,
  }));
}
