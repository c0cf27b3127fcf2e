import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { Refusal } from '../../common/refusal';
import { hostAddress, privateFolder, readStoreFacts, type Site } from '../site';
import { sshToHost } from '../ssh';

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
  const { copies } = readStoreFacts(site);
  if (!copies) throw new Refusal('what was synthesized does not say where the host keeps copies of the state; write it with: make synth');
  const { pool, folder } = copies;
  const guard = `[ "$(stat -f -c %T ${pool})" = zfs ] || { echo "${pool} is no ZFS file system: is the pool imported?" >&2; exit 3; }`;
  const ssh = (script: string, input?: Buffer) => sshToHost(site, `set -eu; umask 077; ${guard}; ${script}`, input);
  return {
    name: `${hostAddress(site)}:${folder}`,
    list: () => ssh(`mkdir -p ${folder}; ls ${folder}`).toString('utf8').split('\n').filter(Boolean),
    read: (file) => ssh(`cat ${folder}/${file}`),
    write: (file, content) => {
      const part = `${folder}/.${file}.part`;
      ssh(`mkdir -p ${folder}; cat > ${part}; sync ${part}; mv ${part} ${folder}/${file}`, content);
    },
  };
}

/** Where a site keeps copies: on the host, and on the machine that runs this, which is another one. */
export function copyPlaces(site: Site): CopyPlace[] {
  const host = site.kind === 'real' ? hostPlace(site) : folderPlace(join(site.base, 'host', 'state'));
  return [host, folderPlace(join(site.base, 'copies'))];
}
