import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import type { ServiceProps } from '../service/service-props';
import { pathOf } from './path';

/** Ports are in range and declared once per service, and health check and metrics look at them in the protocol they speak. */
export function checkPorts(lab: HomelabProps): Problem[] {
  const problems: Problem[] = [];
  for (const service of lab.services) {
    const path = pathOf(lab, service);
    const seen = new Map<number, string>();
    for (const { port, use } of service.ports) {
      if (!Number.isInteger(port) || port < 1 || port > 65_535) {
        problems.push({ path, rule: 'a port is 1 to 65535', got: `${port}`, remedy: `correct the port for '${use}'` });
      }
      const owner = seen.get(port);
      if (owner !== undefined) {
        const got = `${port} for '${owner}' and for '${use}'`;
        problems.push({ path, rule: 'a port of one machine has one use', got, remedy: 'move one of them, or declare it once' });
      }
      seen.set(port, use);
    }
    problems.push(...checkMetrics(service, path, seen));
    if (service.health.kind !== 'command' && !seen.has(service.health.port)) {
      const rule = 'a health check looks at a port that the service declares';
      const got = `${service.health.port}, declared are ${[...seen.keys()].join(', ') || 'none'}`;
      problems.push({ path, rule, got, remedy: "add it to 'ports', or check another one" });
    }
  }
  return problems;
}

function checkMetrics({ metrics, health }: ServiceProps, path: string, declared: ReadonlyMap<number, string>): Problem[] {
  if (!metrics) return [];
  if (!declared.has(metrics.port)) {
    const got = `${metrics.port}, declared are ${[...declared.keys()].join(', ') || 'none'}`;
    return [{ path, rule: 'metrics are on a port that the service declares', got, remedy: "add it to 'ports', or name another one" }];
  }
  const scheme = metrics.scheme ?? 'http';
  if (health.kind !== 'http' && health.kind !== 'https') return [];
  if (health.port !== metrics.port || health.kind === scheme) return [];
  const got = `health by ${health.kind} and metrics by ${scheme}, both on ${health.port}`;
  return [{ path, rule: 'a port speaks one protocol', got, remedy: `set the 'scheme' of the metrics to '${health.kind}'` }];
}
