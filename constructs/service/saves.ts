/** How the data of a service is saved so that it is whole when it comes back. There is no default. */
export type Saves =
  | {
      /** SQLite's own backup call, every night before the snapshot of all volumes; a copied file of a running one may be torn. */
      readonly kind: 'sqlite';
      /** Database files, absolute, each inside a volume. */
      readonly databases: readonly string[];
      /** Account that owns them. */
      readonly user: string;
    }
  | {
      /** A dump that the service's own role makes, by a oneshot unit in the guest. */
      readonly kind: 'unit';
      /** Name of the unit with `.service`. */
      readonly unit: string;
    }
  | {
      /** The files of one snapshot are enough. */
      readonly kind: 'files';
      /** Why that is so. */
      readonly why: string;
    };

/**
 * Says that files of one snapshot are enough to bring a service back.
 * @param why why that is so, e.g. because its rows lie in another service's dump
 */
export function filesAlone(why: string): Saves {
  return { kind: 'files', why };
}

/**
 * Says that SQLite databases are dumped by SQLite itself.
 * @param user account that owns the files
 * @param databases absolute paths inside a volume
 */
export function sqliteDump(user: string, ...databases: readonly string[]): Saves {
  return { kind: 'sqlite', user, databases };
}

/**
 * Says that the service's own role makes a dump.
 * @param unit oneshot unit in the guest, with `.service`
 */
export function roleDump(unit: string): Saves {
  return { kind: 'unit', unit };
}

/** Unit that makes the dump in the guest; `undefined` when files are enough. */
export function dumpUnitOf(saves: Saves): string | undefined {
  if (saves.kind === 'files') return undefined;
  return saves.kind === 'unit' ? saves.unit : 'sqlite-dump.service';
}
