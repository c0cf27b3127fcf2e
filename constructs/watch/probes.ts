import type { ProxyRoute } from '../core/reach';
import type { Probe } from '../core/watch';
import type { ServiceProps } from '../service/service-props';

/** The health questions of a definition that can be asked from another machine; a command is asked by the guest itself. */
export function probesOf(services: readonly ServiceProps[], domain: string): Probe[] {
  return services.flatMap(({ name, health }): Probe[] => {
    if (health.kind === 'command') return [];
    const server = `${name}.${domain}:${health.port}`;
    if (health.kind === 'tcp') return [{ name, prober: 'tcp', target: server }];
    const target = `${health.kind}://${server}${health.path}`;
    return [{ name, prober: 'http', target, ...(health.expect === undefined ? {} : { expect: expectation(health.expect) }) }];
  });
}

/** Whether each name of the house is answered by its reverse proxy with a certificate that holds, and how long it does. */
export function nameProbesOf(routes: readonly ProxyRoute[], proxy: string): Probe[] {
  return routes.map(({ host }) => ({ name: host, prober: 'tls', target: `${proxy}:443`, server_name: host }));
}

/** The text as a pattern in which white space does not count, as `make health` reads it. */
function expectation(text: string): string {
  return [...text.replace(/\s/g, '')].map((letter) => letter.replace(/[\\^$.|?*+()[\]{}]/, String.raw`\$&`)).join(String.raw`\s*`);
}
