import { Refusal } from '../common/refusal';
import type { Objection } from './objection';
import { RULES } from './rules';

/** What the owner lets pass: one rule for one resource. */
export interface Permission {
  readonly rule: string;
  /** Address of the resource, or VMID of the guest. */
  readonly subject: string;
}

/** A permission as it is typed. */
export const permissionText = ({ rule, subject }: Permission): string => `${rule}:${subject}`;

/** Whether a permission is for this objection, and for nothing else of its resource. */
export const permits = ({ rule, subject }: Permission, objection: Objection): boolean =>
  rule === objection.rule && (subject === objection.address || subject === String(objection.vmid));

/**
 * Reads what the owner typed after `--allow`.
 * @param texts each `RULE:ADDRESS` or `RULE:VMID`
 * @throws Refusal naming each text that is something else, whose rule is not known, or whose rule cannot be allowed
 */
export function readPermissions(texts: readonly string[]): Permission[] {
  const problems = texts.flatMap(problemOf);
  if (problems.length > 0) throw new Refusal(problems.join('\n  '), `rules that can be allowed: ${ALLOWABLE.join(', ')}`);
  return texts.map(split);
}

const ALLOWABLE = RULES.filter(({ allowable }) => allowable).map(({ name }) => name).sort();

function split(text: string): Permission {
  const colon = text.indexOf(':');
  return { rule: text.slice(0, colon), subject: text.slice(colon + 1) };
}

function problemOf(text: string): string[] {
  if (!/^[a-z-]+:.+$/.test(text)) return [`--allow '${text}' is not RULE:ADDRESS or RULE:VMID`];
  const { rule } = split(text);
  const known = RULES.find(({ name }) => name === rule);
  if (!known) return [`--allow '${text}': there is no rule '${rule}'`];
  return known.allowable ? [] : [`--allow '${text}': '${rule}' cannot be allowed; ${known.instead}`];
}
