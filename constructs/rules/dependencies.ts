import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import type { ServiceProps } from '../service/service-props';
import { pathOf } from './path';

/** What a service needs exists, is not above it, and does not need it back. */
export function checkDependencies(lab: HomelabProps, declared: ReadonlySet<string>): Problem[] {
  const byName = new Map(lab.services.map((service) => [service.name, service]));
  const problems: Problem[] = [];
  for (const service of lab.services) {
    for (const name of service.needs ?? []) {
      const needed = byName.get(name);
      if (!declared.has(name)) {
        const rule = 'what a service needs is a service of the house';
        problems.push({ path: pathOf(lab, service), rule, got: `'${name}'`, remedy: `declare '${name}', or correct 'needs'` });
      } else if (service.tier === 'platform' && needed?.tier === 'app') {
        const rule = 'a platform service does not stand on an app';
        problems.push({ path: pathOf(lab, service), rule, got: `'${name}'`, remedy: `make '${name}' platform, or drop the need` });
      }
    }
  }
  const { cycle } = orderByNeeds(lab.services);
  if (cycle.length > 0) {
    const rule = 'needs form no circle';
    const got = [...cycle, cycle[0]].join(' -> ');
    problems.push({ path: pathOf(lab, byName.get(cycle[0])!), rule, got, remedy: 'break it by dropping one need' });
  }
  return problems;
}

/**
 * Services in an order in which everything comes after what it needs; ties by name.
 * `level` is the length of the longest chain below a service, 0 for one that needs nothing.
 */
export function orderByNeeds(services: readonly ServiceProps[]): {
  readonly ordered: readonly ServiceProps[];
  readonly level: ReadonlyMap<string, number>;
  readonly cycle: readonly string[];
} {
  const byName = new Map(services.map((service) => [service.name, service]));
  const level = new Map<string, number>();
  const waiting = new Map(services.map((service) => [service.name, knownNeeds(service, byName).size]));
  const wantedBy = new Map<string, string[]>();
  for (const service of services) {
    for (const need of knownNeeds(service, byName)) wantedBy.set(need, [...(wantedBy.get(need) ?? []), service.name]);
  }
  let ready = [...waiting].filter(([, count]) => count === 0).map(([name]) => name);
  const ordered: ServiceProps[] = [];
  for (let depth = 0; ready.length > 0; depth += 1) {
    const next: string[] = [];
    for (const name of ready.sort()) {
      level.set(name, depth);
      ordered.push(byName.get(name)!);
      for (const dependent of wantedBy.get(name) ?? []) {
        waiting.set(dependent, waiting.get(dependent)! - 1);
        if (waiting.get(dependent) === 0) next.push(dependent);
      }
    }
    ready = next;
  }
  const stuck = new Set(services.filter((service) => !level.has(service.name)).map((service) => service.name));
  return { ordered, level, cycle: walkCycle(stuck, byName) };
}

function knownNeeds(service: ServiceProps, byName: ReadonlyMap<string, ServiceProps>): Set<string> {
  return new Set((service.needs ?? []).filter((need) => byName.has(need)));
}

/** Follows needs among services that never became ready until one repeats. */
function walkCycle(stuck: ReadonlySet<string>, byName: ReadonlyMap<string, ServiceProps>): string[] {
  const walked: string[] = [];
  let name = [...stuck].sort()[0];
  while (name !== undefined && !walked.includes(name)) {
    walked.push(name);
    name = (byName.get(name)?.needs ?? []).find((need) => stuck.has(need))!;
  }
  return name === undefined ? [] : walked.slice(walked.indexOf(name));
}
