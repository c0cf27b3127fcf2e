import { runPlaybook } from '../../secrets/playbook';
import { ownStore, refuseExample } from '../../secrets/store';
import { authorityOf } from '../health/verb';
import { isWell } from '../health/wait';
import { askHost, runOnHost } from '../host';
import type { CareManifest, Guest } from '../manifest';

/** What an update does to one service; a test puts others in their place. */
export interface Steps {
  /** What would be kept as the way back. */
  plan(guest: Guest): string;
  /** Plays the guest in check mode. @returns the exit code */
  look(guest: Guest): Promise<number>;
  /** Dumps, and keeps root disk and volumes as of one moment. @returns the exit code */
  begin(guest: Guest): Promise<number>;
  /** Plays the guest. @returns the exit code */
  play(guest: Guest): Promise<number>;
  /** Asks the guest until it is well, or the time is over. */
  isWell(guest: Guest): Promise<boolean>;
  /** Puts root disk, volumes and rows back. @returns the exit code */
  undo(guest: Guest): Promise<number>;
  /** Ends the update. @returns the exit code */
  done(guest: Guest): Promise<number>;
}

/** The steps on the real house. @param timeoutSec how long a service may take to be well afterwards */
export function stepsOn(root: string, manifest: CareManifest, timeoutSec: number): Steps {
  const onHost = (verb: string, { name }: Guest): Promise<number> => runOnHost(manifest, ['pve-update', verb, name]);
  const playbook = ({ name }: Guest, args: readonly string[] = []): Promise<number> => {
    const store = ownStore(root);
    refuseExample(store);
    return runPlaybook(store, `guests/${name}`, args);
  };
  return {
    plan: ({ name }) => askHost(manifest, ['pve-update', 'plan', name]).trimEnd(),
    look: (guest) => playbook(guest, ['--check', '--diff']),
    begin: (guest) => onHost('begin', guest),
    play: (guest) => playbook(guest),
    isWell: (guest) => isWell(guest, timeoutSec, { authorityPem: authorityOf(root, undefined) }),
    undo: (guest) => onHost('undo', guest),
    done: (guest) => onHost('done', guest),
  };
}
