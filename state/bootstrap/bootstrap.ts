import { Access } from '../access';
import type { LocalServer, ObjectStoreEngine } from '../object-store';
import { RemoteState } from '../remote';
import type { Site, StackName } from '../site';

/** What the steps of a bootstrap share. */
export class Bootstrap {
  /** The rehearsal's object store, once it runs. */
  server: LocalServer | undefined;
  private readonly remotes = new Map<StackName, Promise<RemoteState>>();

  constructor(
    readonly site: Site,
    readonly engine: ObjectStoreEngine,
    readonly say: (line: string) => void,
    readonly access = new Access(site),
  ) {}

  /** The remote state of a stack, prepared once. */
  remote(stack: StackName): Promise<RemoteState> {
    const store = this.access.store(this.access.key(), this.server?.endpoint);
    const opened = this.remotes.get(stack) ?? RemoteState.open(this.site, stack, store);
    this.remotes.set(stack, opened);
    return opened;
  }
}

/** One step on the way from nothing to a remote state. Doing it twice does no harm. */
export interface Step {
  /** Name in the journal. */
  readonly name: string;
  /** What it does, for the owner. */
  readonly title: string;
  /** Whether it is needed again after an interruption, even when it was done. @default false */
  readonly always?: boolean;
  readonly run: (bootstrap: Bootstrap) => Promise<void>;
}
