import type { Finding } from '../review/finding';
import { judge, type Question } from '../review/judge';

/** What a row of the table says already. */
const IN_THE_TABLE: ReadonlySet<string> = new Set(['tells-program']);

/** What the judge says of one plan, about the service it belongs to; nothing is allowed beforehand. */
export function judgePlan(question: Pick<Question, 'plan' | 'host' | 'stack' | 'stateVmid' | 'kept'>): Finding[] {
  const { objections, notes } = judge(question);
  return [...objections, ...notes.filter(({ rule }) => !IN_THE_TABLE.has(rule))].map(({ severity, rule, address, guest, problem, remedy }) => ({
    severity,
    rule,
    subject: guest ?? address.split('.').pop() ?? address,
    problem,
    remedy,
  }));
}
