import { join } from 'node:path';

import type { Command } from './step';
import type { StepOptions } from './steps';

/**
 * The secret of a new API token waits in memory until it is encrypted: clear text reaches no disk. Its folder has a name
 * that nobody can guess, and only its owner may look into it. Which folder that is, a file beside the journal says.
 */
const recordOf = ({ folder }: Pick<StepOptions, 'folder'>): string => join(folder, 'token-folder');

/** Shell: $folder is the folder that the record $1 names, or empty when it is not there or not ours alone. */
const FIND = `folder=$(cat "$1" 2>/dev/null) || folder=
[ -n "$folder" ] && [ ! -L "$folder" ] && [ -d "$folder" ] && [ -O "$folder" ] && [ "$(stat -c %a "$folder")" = 700 ] || folder=`;

const script = (...lines: string[]): string => ['set -euo pipefail', FIND, ...lines].join('\n');

/** Makes the folder, unless one is there already: what waits in it is shown by no host a second time. */
export function makeTokenFolder(options: Pick<StepOptions, 'folder'>): Command {
  const make = ['[ -z "$folder" ] || exit 0', 'umask 077', 'mkdir -p "$(dirname "$1")"', 'mktemp -d /dev/shm/homelab-rebuild-XXXXXXXXXXXXXXXX >"$1.new"', 'mv "$1.new" "$1"'];
  return ['bash', '-c', script(...make), 'token-folder', recordOf(options)];
}

/** Path of the secret, for Ansible to look up: the folder is made after this command is written. */
export function waitingTokenPath(options: Pick<StepOptions, 'folder'>): string {
  return `{{ lookup('ansible.builtin.file', ${JSON.stringify(recordOf(options))}) }}/api-token`;
}

/** Encrypts the secret that waits, then removes the clear text. */
export function storeToken(options: StepOptions): Command {
  const store = [
    '[ -n "$folder" ] && [ -s "$folder/api-token" ] || { echo "no new token waits in memory. Stored already? Go on with --from agree. Else make one, see the page below" >&2; exit 1; }',
    `npm run --silent secrets -- set proxmox_api_token < <(printf '%s=' "$2"; cat "$folder/api-token")`,
    'rm -r "$folder" "$1"',
  ];
  return ['bash', '-c', script(...store), 'token', recordOf(options), options.house.token];
}
