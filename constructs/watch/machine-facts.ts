import type { MachineFacts } from '../core/watch';
import type { Plain } from '../core/setting';
import { dumpVolume } from '../service/dump-variables';
import type { ServiceProps } from '../service/service-props';

/** What a guest measures of itself: the answer to its own health command, and the age of its dumps. */
export function guestFacts(service: ServiceProps): MachineFacts {
  const { health } = service;
  const volume = dumpVolume(service);
  return { kind: 'guest', ...(health.kind === 'command' ? { health: health.command } : {}), ...(volume ? { dumps: `${volume.path}/dumps` } : {}) };
}

/** The same as variables of the role node_exporter. */
export function machineFactVariables(facts: MachineFacts): Record<string, Plain> {
  if (facts.kind === 'host') {
    const guests = facts.guests.map(({ name, vmId, cores, memoryMiB }) => ({ name, vmid: vmId, cores, memory_mib: memoryMiB }));
    return { node_exporter_pool: facts.pool, node_exporter_guests: guests };
  }
  return {
    ...(facts.health === undefined ? {} : { node_exporter_health_command: facts.health }),
    ...(facts.dumps === undefined ? {} : { node_exporter_dump_dir: facts.dumps }),
  };
}
