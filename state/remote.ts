import { Refusal } from '../common/refusal';
import { explainFailure } from './failure';
import { describeLock, lockInText, readLock, type StateLock } from './lock';
import type { ObjectStore } from './object-store';
import { readOwnState } from './own-state';
import { initialize } from './provider-lock';
import { createObject } from './s3';
import { s3Block, type Site, type StackName } from './site';
import { parseSnapshot, type Snapshot } from './snapshot';
import { terraform, type TerraformOptions, type TerraformRun } from './terraform';
import { remoteFolder } from './working-folder';

/** The state of one stack in the object store, read and written by Terraform itself. */
export class RemoteState {
  private constructor(
    private readonly site: Site,
    readonly stack: StackName,
    private readonly store: ObjectStore,
    private readonly folder: string,
  ) {}

  /** Prepares Terraform for it. @throws ForeignState before that when it is not this house's, Refusal when the object store cannot be used */
  static async open(site: Site, stack: StackName, store: ObjectStore): Promise<RemoteState> {
    await readOwnState(site, stack, store);
    const state = new RemoteState(site, stack, store, remoteFolder(site, stack, store));
    state.require('preparing the state', await initialize(site, stack, ['-no-color', '-reconfigure'], state.options()));
    return state;
  }

  /** The state's text as it is, or an empty one when there is no state. */
  async pull(): Promise<string> {
    return (await this.run('reading the state', ['state', 'pull', '-no-color'])).trim();
  }

  /** The same, parsed. */
  async read(): Promise<Snapshot | undefined> {
    return parseSnapshot(await this.pull(), `the object store, stack '${this.stack}'`);
  }

  /**
   * Writes the first state, byte for byte. Terraform's own ways of doing that, `state push` and `init -migrate-state`,
   * would give it a new lineage and serial 1 in an empty s3 backend.
   * @returns false when there is a state already, which stays as it is
   */
  async create(text: string): Promise<boolean> {
    const { bucket, key } = s3Block(this.site, this.stack);
    const lock = await this.lock();
    if (lock) throw new Refusal(describeLock(this.stack, lock));
    return createObject(this.store, bucket, key, text);
  }

  /**
   * Writes a newer state. Terraform refuses another lineage and a serial that is not newer.
   * @param isLocked whether the caller holds the lock already. @default false
   */
  async push(text: string, isLocked = false): Promise<void> {
    await this.run('writing the state', ['state', 'push', '-no-color', ...(isLocked ? ['-lock=false'] : []), '-'], text);
  }

  /** Who holds the lock, if anybody. */
  lock(): Promise<StateLock | undefined> {
    const { bucket, key } = s3Block(this.site, this.stack);
    return readLock(this.store, bucket, key);
  }

  /** Releases a lock by its id; another id is refused. */
  async unlock(id: string): Promise<void> {
    await this.run('releasing the lock', ['force-unlock', '-no-color', '-force', id]);
  }

  private options(input?: string): TerraformOptions {
    return { folder: this.folder, credentials: this.store.credentials, ...(input === undefined ? {} : { input }) };
  }

  private async run(what: string, args: readonly string[], input?: string): Promise<string> {
    return this.require(what, await terraform(this.site, args, this.options(input)));
  }

  /** @returns what a run said @throws Refusal with what its failure means */
  private require(what: string, { code, stdout, stderr }: TerraformRun): string {
    if (code === 0) return stdout;
    const lock = lockInText(stderr);
    if (lock) throw new Refusal(describeLock(this.stack, lock));
    const meaning = explainFailure(this.stack, stderr);
    throw new Refusal(`${what} of '${this.stack}' failed${meaning ? `: ${meaning}` : ''}\n${stderr.trim()}`);
  }
}
