import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { volumesOf, type Data } from '../service/data';
import type { Saves } from '../service/saves';
import { pathOf } from './path';

/**
 * A service that keeps data says how it is saved, and one that keeps nothing does not; the compiler says the same, and a
 * plain synth does not run it. What is dumped lies in a volume: a dump of a database on the root disk would look like safety.
 */
export function checkSaves(lab: HomelabProps): Problem[] {
  return lab.services.flatMap((service): Problem[] => {
    const { data, saves }: { data: Data; saves?: Saves } = service;
    const path = pathOf(lab, service);
    if (!saves && data.kind === 'disposable') return [];
    if (!saves) return [{ path, rule: 'a service that keeps data says how it is saved whole', got: 'nothing', remedy: "declare 'saves': sqliteDump(…), roleDump(…), or filesAlone('why')" }];
    if (data.kind === 'disposable') return [{ path, rule: 'a service that keeps nothing has nothing to save', got: `${saves.kind} beside disposable('${data.because}')`, remedy: "drop 'saves', or keep the data" }];
    if (saves.kind !== 'sqlite') return [];
    const volumes = volumesOf(data);
    if (saves.databases.length === 0) return [{ path, rule: 'sqliteDump names at least one database', got: 'none', remedy: 'name the database files' }];
    const outside = saves.databases.filter((database) => !volumes.some((volume) => database.startsWith(`${volume.path}/`)));
    return outside.map((database) => ({ path, rule: 'a database that is dumped lies in a volume of its service', got: database, remedy: 'correct the path, or keep its folder' }));
  });
}
