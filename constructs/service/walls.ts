import { nodeExporterPort, type Plain } from '../core/setting';
import { exposureOf, isProxy, webPortOf } from './exposure';
import { roleOf, type ServiceProps } from './service-props';

/** Ports of a guest that one group of machines may reach. */
export interface Door {
  /** Who they are, for the reader of the rules. */
  readonly who: string;
  /** IPv4 addresses or networks. */
  readonly from: readonly string[];
  /** TCP ports. */
  readonly ports: readonly number[];
}

/** Who may reach a guest beside the host; nothing else is let through. */
export interface Walls {
  /** From where the owner works: SSH, and every port of the guest. */
  readonly admins: readonly string[];
  /** For guests, before they are shut out. */
  readonly doors: readonly Door[];
  /** TCP ports that people in the LAN open. */
  readonly web: readonly number[];
  /** Every declared TCP port, for the owner. */
  readonly declared: readonly number[];
}

/** What walls depend on beside the service itself. */
export interface Neighbourhood {
  readonly services: readonly ServiceProps[];
  readonly admins: readonly string[];
}

/** Derives who may reach a service: whoever needs it, what watches it, the proxy or the tunnel that leads to it, and people. */
export function wallsOf(service: ServiceProps, { services, admins }: Neighbourhood): Walls {
  const declared = numbers([...service.ports.map(({ port }) => port), ...(service.metrics ? [service.metrics.port] : []), nodeExporterPort]);
  const open = numbers(service.ports.map(({ port }) => port));
  const web = webPortOf(service);
  const exposure = exposureOf(service);
  const neighbours = services.filter(({ name }) => name !== service.name);
  const ofRole = (role: string) => neighbours.filter((other) => roleOf(other) === role).map(({ address }) => address);
  const doors: Door[] = [
    { who: 'services that need it', from: neighbours.filter(({ needs = [] }) => needs.includes(service.name)).map(({ address }) => address), ports: open },
    { who: 'monitoring', from: ofRole('prometheus'), ports: numbers([nodeExporterPort, ...(service.metrics ? [service.metrics.port] : []), ...(service.health.kind === 'command' ? [] : [service.health.port]), ...(isProxy(service) ? open : [])]) },
    { who: 'the proxy', from: exposure.kind === 'name' ? ofRole('reverse_proxy') : [], ports: web === undefined ? [] : [web] },
    { who: 'the tunnel', from: exposure.kind === 'tunnel' ? ofRole('cloudflared') : [], ports: web === undefined ? [] : [web] },
  ];
  return {
    admins,
    doors: doors.filter(({ from, ports }) => from.length > 0 && ports.length > 0),
    web: isProxy(service) ? open : web === undefined || exposure.kind !== 'lan' ? [] : [web],
    declared,
  };
}

function numbers(list: readonly number[]): number[] {
  return [...new Set(list)].sort((left, right) => left - right);
}

/** The same as variables of the role guest_walls. */
export function wallVariables(walls: Walls): Record<string, Plain> {
  return {
    guest_walls_admins: [...walls.admins],
    guest_walls_doors: walls.doors.map(({ who, from, ports }) => ({ who, from: [...from], ports: [...ports] })),
    guest_walls_web: [...walls.web],
    guest_walls_declared: [...walls.declared],
  };
}
