/** Rows of a service that lie in another one, a database server of the house. */
export interface Rows {
  /** Name of that service; it is one of `needs`. */
  readonly service: string;
  readonly database: string;
}

/** What makes a dump and needs to be told nothing more. */
export type DumpTool = 'gitea' | 'jenkins' | 'mongodb' | 'n8n' | 'paperless' | 'postgresql';

/** How a dump is made: by the tool that knows the data, a file of the role service_dump. */
export type Dump =
  | { readonly tool: DumpTool }
  | {
      /** SQLite's own backup call; a copied file of a running database may be torn. */
      readonly tool: 'sqlite';
      /** Account that owns the databases. */
      readonly user: string;
      /** Unit that writes to them, with `.service`; it is stopped while a dump comes back. */
      readonly unit: string;
      /** Database files, absolute, each inside a volume. */
      readonly databases: readonly string[];
    };

/** How the data of a service is saved so that it is whole when it comes back. There is no default. */
export type Saves =
  | {
      /** Every night before the snapshot of all volumes a dump is made, and lies in the volume. */
      readonly kind: 'dumped';
      readonly by: Dump;
      /** Where its rows lie, if not in its own volume. @default - in its own */
      readonly rows?: Rows;
    }
  | {
      /** The files of one snapshot are enough. */
      readonly kind: 'files';
      /** Why that is so. */
      readonly why: string;
    };

/** Unit in the guest that makes the dump. */
export const DUMP_UNIT = 'service-dump.service';

/**
 * Says that files of one snapshot are enough to bring a service back.
 * @param why why that is so, e.g. because it writes them beside and renames them
 */
export function filesAlone(why: string): Saves {
  return { kind: 'files', why };
}

/**
 * Says which tool dumps the data.
 * @param rows where its rows lie, if in a database server of the house
 */
export function dumpBy(tool: DumpTool, rows?: Rows): Saves {
  return { kind: 'dumped', by: { tool }, ...(rows && { rows }) };
}

/**
 * Says that SQLite databases are dumped by SQLite itself.
 * @param user account that owns the files
 * @param unit unit that writes to them, with `.service`
 * @param databases absolute paths inside a volume
 */
export function sqliteDump(user: string, unit: string, ...databases: readonly string[]): Saves {
  return { kind: 'dumped', by: { tool: 'sqlite', user, unit, databases } };
}

/** Says in which database of which service the rows lie. */
export function rowsIn(service: string, database: string): Rows {
  return { service, database };
}
