import { planDigest } from '../digest';
import { verdictOf, type Finding, type Verdict } from '../finding';
import { judgeHouse } from '../house-rules';
import type { PlanJson } from '../plan-json';
import { hostChanges, roleChanges, type HostChanges, type RoleChange } from './ansible-changes';
import { capacityRows, identityLines, privilegeLines, rootLines, secretLines, type CapacityRow } from './house-facts';
import type { Card, HouseVersion } from './house-version';
import { valueChanges } from './plan-values';
import { rowsOf, type Row } from './rows';
import { valueChangeText } from './wording';

/** What a plan was made against. */
export type PlanKind = 'rehearsed' | 'real';

/** A plan of one stack. */
export interface ReviewedPlan {
  readonly stack: string;
  readonly plan: PlanJson;
  /** In the tool's own words. */
  readonly text: string;
  /** Why the tool itself refuses it. */
  readonly refusedByTool: readonly string[];
}

/** Everything that a review is made of. */
export interface ReviewSource {
  /** Such as `main`. */
  readonly base: string;
  readonly kind: PlanKind;
  readonly plans: readonly ReviewedPlan[];
  /** What the judge says of the plans. */
  readonly findings: readonly Finding[];
  readonly before: HouseVersion;
  readonly after: HouseVersion;
}

/** A review as plain data: documents are drawn from it. */
export interface Review {
  readonly base: string;
  readonly kind: PlanKind;
  readonly verdict: Verdict;
  /** Worst first. */
  readonly findings: readonly Finding[];
  readonly rows: readonly Row[];
  readonly capacity: readonly CapacityRow[];
  readonly identities: readonly string[];
  readonly privileges: readonly string[];
  readonly byRoot: readonly string[];
  readonly hosts: readonly HostChanges[];
  readonly roles: readonly RoleChange[];
  readonly secrets: readonly string[];
  /** What the host had otherwise than git, before this change. */
  readonly drift: readonly string[];
  readonly plans: readonly { readonly stack: string; readonly text: string }[];
  readonly digest: string;
  /** Pictures of the house before and after, with where its guests are. */
  readonly pictures: Readonly<Record<'before' | 'after', { readonly svg: string; readonly cards: readonly Card[] }>>;
}

/** Puts a review together; null when nothing changes. */
export function reviewOf(source: ReviewSource): Review | null {
  const { before, after, plans } = source;
  const hosts = hostChanges(before, after);
  const roles = roleChanges(before, after).filter((role) => role.hosts.length > 0);
  const findings = [
    ...source.findings,
    ...plans.flatMap(({ stack, refusedByTool }) => refusedByTool.map((problem): Finding => ({ severity: 'loss', rule: 'prevent-destroy', subject: stack, problem, remedy: 'Terraform refuses it as it is, and rightly' }))),
    ...judgeHouse({ before: before.summary, after: after.summary, hosts, roles }),
  ].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  const rows = rowsOf({ plans, before: before.summary, after: after.summary, hosts, findings });
  const secrets = secretLines(before, after);
  if ([rows, hosts, roles, secrets, findings].every((list) => list.length === 0)) return null;
  return {
    base: source.base,
    kind: source.kind,
    verdict: verdictOf(findings),
    findings,
    rows,
    capacity: capacityRows(before.summary, after.summary),
    identities: identityLines(before.summary, after.summary),
    privileges: privilegeLines(hosts),
    byRoot: rootLines(hosts),
    hosts,
    roles,
    secrets,
    drift: plans.flatMap(({ plan }) => driftLines(plan)),
    plans: plans.filter(({ text }) => text !== ''),
    digest: planDigest(...plans.map(({ plan }) => plan)),
    pictures: { before: picture(before), after: picture(after) },
  };
}

const ORDER: readonly Finding['severity'][] = ['loss', 'outage', 'unclear', 'told'];

const picture = ({ picture: svg, summary }: HouseVersion) => ({ svg, cards: summary?.picture.cards ?? [] });

const driftLines = ({ resource_drift: drift }: PlanJson): string[] =>
  (drift ?? []).map((resource) =>
    resource.change.after === null ? `${resource.address} is gone from the host` : `${resource.address}: ${valueChanges(resource).map(valueChangeText).join('; ')}`,
  );
