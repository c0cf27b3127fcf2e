import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { volumesOf } from '../service/data';
import { pathOf } from './path';

/** What is dumped lies in a volume: a dump of a database on the root disk would look like safety. */
export function checkSaves(lab: HomelabProps): Problem[] {
  return lab.services.flatMap((service): Problem[] => {
    const { saves } = service;
    if (saves?.kind !== 'sqlite') return [];
    const volumes = volumesOf(service.data);
    const path = pathOf(lab, service);
    if (saves.databases.length === 0) return [{ path, rule: 'sqliteDump names at least one database', got: 'none', remedy: 'name the database files' }];
    const outside = saves.databases.filter((database) => !volumes.some((volume) => database.startsWith(`${volume.path}/`)));
    return outside.map((database) => ({ path, rule: 'a database that is dumped lies in a volume of its service', got: database, remedy: 'correct the path, or keep its folder' }));
  });
}
