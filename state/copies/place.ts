import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { hostAddress, privateFolder, type Site } from '../site';
import { sshToHost } from '../ssh';

/** Folder on the host for copies of the state; on the pool, next to the guests' backups. */
const HOST_FOLDER = '/tank/backups/state';

/** Somewhere outside the object store that keeps encrypted copies. */
export interface CopyPlace {
  /** Where, for a person. */
  readonly name: string;
  readonly list: () => string[];
  readonly read: (file: string) => Buffer;
  /** Writes a file whole or not at all. */
  readonly write: (file: string, content: Buffer) => void;
}

/** A folder of this machine. */
function folderPlace(path: string, name = path): CopyPlace {
  return {
    name,
    list: () => (existsSync(path) ? readdirSync(path).filter((file) => !file.startsWith('.')) : []),
    read: (file) => readFileSync(join(path, file)),
    write: (file, content) => {
      const part = join(privateFolder(path), `.${file}.part`);
      writeFileSync(part, content, { mode: 0o600, flush: true });
      renameSync(part, join(path, file));
    },
  };
}

/** A folder of the host, on its pool. Nothing is written while the pool is not mounted. */
function hostPlace(site: Site): CopyPlace {
  const guard = '[ "$(stat -f -c %T /tank)" = zfs ] || { echo "/tank is no ZFS file system: is the pool imported?" >&2; exit 3; }';
  const ssh = (script: string, input?: Buffer) => sshToHost(site, `set -eu; umask 077; ${guard}; ${script}`, input);
  return {
    name: `${hostAddress(site)}:${HOST_FOLDER}`,
    list: () => ssh(`mkdir -p ${HOST_FOLDER}; ls ${HOST_FOLDER}`).toString('utf8').split('\n').filter(Boolean),
    read: (file) => ssh(`cat ${HOST_FOLDER}/${file}`),
    write: (file, content) => {
      const part = `${HOST_FOLDER}/.${file}.part`;
      ssh(`mkdir -p ${HOST_FOLDER}; cat > ${part}; sync ${part}; mv ${part} ${HOST_FOLDER}/${file}`, content);
    },
  };
}

/** Where a site keeps copies: on the host, and on the machine that runs this, which is another one. */
export function copyPlaces(site: Site): CopyPlace[] {
  const host = site.kind === 'real' ? hostPlace(site) : folderPlace(join(site.base, 'host', HOST_FOLDER));
  return [host, folderPlace(join(site.base, 'copies'))];
}
