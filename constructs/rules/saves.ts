import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import type { Data, VolumeProps } from '../service/data';
import type { Dump, Rows, Saves } from '../service/saves';
import type { ServiceProps } from '../service/service-props';
import { pathOf } from './path';

/**
 * A service that keeps data says how it is saved, and one that keeps nothing does not; the compiler says the same, and a
 * plain synth does not run it. What is dumped lies in a volume, and rows are where they are said to be.
 */
export function checkSaves(lab: HomelabProps): Problem[] {
  return lab.services.flatMap((service): Problem[] => {
    const { data, saves }: { data: Data; saves?: Saves } = service;
    const path = pathOf(lab, service);
    if (!saves && data.kind === 'disposable') return [];
    if (!saves) return [{ path, rule: 'a service that keeps data says how it is saved whole', got: 'nothing', remedy: "declare 'saves': dumpBy(…), sqliteDump(…), or filesAlone('why')" }];
    if (data.kind === 'disposable') return [{ path, rule: 'a service that keeps nothing has nothing to save', got: `${saves.kind} beside disposable('${data.because}')`, remedy: "drop 'saves', or keep the data" }];
    return saves.kind === 'dumped' ? [...databasesOutside(path, saves.by, data.volumes), ...lostRows(path, lab, service, saves.rows)] : [];
  });
}

/** A dump of a database on the root disk would look like safety. */
function databasesOutside(path: string, by: Dump, volumes: readonly VolumeProps[]): Problem[] {
  if (by.tool !== 'sqlite') return [];
  if (by.databases.length === 0) return [{ path, rule: 'sqliteDump names at least one database', got: 'none', remedy: 'name the database files' }];
  const outside = by.databases.filter((database) => !volumes.some((volume) => database.startsWith(`${volume.path}/`)));
  return outside.map((database) => ({ path, rule: 'a database that is dumped lies in a volume of its service', got: database, remedy: 'correct the path, or keep its folder' }));
}

/** A restore goes where the rows are said to lie. */
function lostRows(path: string, lab: HomelabProps, { needs }: ServiceProps, rows: Rows | undefined): Problem[] {
  if (!rows) return [];
  const server = lab.services.find(({ name }) => name === rows.service);
  const dumps = server?.saves?.kind === 'dumped' && ['postgresql', 'mongodb'].includes(server.saves.by.tool);
  if (dumps && needs?.includes(rows.service)) return [];
  const rule = 'rows lie in a database server that the service needs and that is dumped by its own tool';
  return [{ path, rule, got: `rowsIn('${rows.service}', '${rows.database}')`, remedy: dumps ? `add '${rows.service}' to 'needs'` : 'name the service that keeps the rows' }];
}
