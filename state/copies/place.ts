import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Refusal } from '../../secrets/refusal';
import { hostAddress, privateFolder, type Site } from '../site';

/** Folder on the host for copies of the state; on the pool, next to the guests' backups. */
const HOST_FOLDER = '/tank/backups/state';
const SSH_OPTIONS = ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=10', '-o', 'PubkeyAcceptedAlgorithms=ssh-ed25519'];

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

/** A folder of the host, reached as root with an ed25519 key. Nothing is written while the pool is not mounted. */
function hostPlace(address: string): CopyPlace {
  const name = `root@${address}:${HOST_FOLDER}`;
  const ssh = (script: string, input: Buffer = Buffer.alloc(0)) => {
    const guard = `[ "$(stat -f -c %T /tank)" = zfs ] || { echo "/tank is no ZFS file system: is the pool imported?" >&2; exit 3; }`;
    const run = spawnSync('ssh', [...SSH_OPTIONS, `root@${address}`, `set -eu; umask 077; ${guard}; ${script}`], { input, maxBuffer: 256 * 1024 * 1024 });
    if (run.error) throw new Refusal(`ssh cannot be started: ${run.error.message}`);
    if (run.status !== 0) throw new Refusal(`${name} cannot be used: ${run.stderr.toString().trim()}`);
    return run.stdout;
  };
  return {
    name,
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
  const host = site.kind === 'real' ? hostPlace(hostAddress(site)) : folderPlace(join(site.base, 'host', HOST_FOLDER));
  return [host, folderPlace(join(site.base, 'copies'))];
}
