import { existsSync, readFileSync, rmSync } from 'node:fs';

import { Refusal } from '../../common/refusal';
import { configureStore } from '../configure';
import { localState, STACKS, type StackName } from '../site';
import { describe, difference, parseSnapshot, type Snapshot } from '../snapshot';
import type { Bootstrap, Step } from './bootstrap';

/** Makes bucket, versioning, lifecycle and Terraform's key. */
export const configure: Step = {
  name: 'configure',
  title: "make the bucket, its versions and lifecycle, and Terraform's key",
  async run(bootstrap) {
    await configureStore(bootstrap.engine, bootstrap.access, bootstrap.server?.endpoint);
  },
};

/** The local state of a stack, or undefined when it has none. */
export function readLocal({ site }: Bootstrap, stack: StackName): { readonly text: string; readonly snapshot: Snapshot } | undefined {
  const path = localState(site, stack);
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  const snapshot = parseSnapshot(text, path);
  return snapshot && { text, snapshot };
}

/** Copies the local state of a stack to the object store. */
export const copy = (stack: StackName): Step => ({
  name: `copy-${stack}`,
  title: `copy the state of ${stack} to the object store`,
  async run(bootstrap) {
    const local = readLocal(bootstrap, stack);
    if (!local) return bootstrap.say(`${stack} has no local state, there is nothing to copy`);
    const remote = await bootstrap.remote(stack);
    // A copy that an interrupted run has made stays; what is there is compared in the next step.
    await remote.create(local.text);
    bootstrap.say(`${stack}: ${describe(local.snapshot)}`);
  },
});

/** Reads the remote state back. @throws Refusal unless it is the local one */
async function requireSame(bootstrap: Bootstrap, stack: StackName, local: Snapshot, serial: 'same' | 'newer'): Promise<void> {
  const remote = await bootstrap.remote(stack);
  const wrong = difference(local, await remote.read(), serial);
  if (wrong) throw new Refusal(`the state of '${stack}' in the object store is not the local one: ${wrong}; the local one is kept. See docs/state/bootstrap.md`);
}

/** Compares what was copied. @param serial `newer` after a push, which adds one */
export const verify = (serial: 'same' | 'newer' = 'same'): Step => ({
  name: 'verify',
  title: 'read both states back and compare them',
  async run(bootstrap) {
    for (const stack of STACKS) {
      const local = readLocal(bootstrap, stack);
      if (local) await requireSame(bootstrap, stack, local.snapshot, serial);
    }
  },
});

/** Removes the local states, each after comparing it once more with what the object store gives back. @param serial as in {@link verify} */
export const removeLocal = (serial: 'same' | 'newer' = 'same'): Step => ({
  name: 'remove-local',
  title: 'remove the local states',
  async run(bootstrap) {
    for (const stack of STACKS) {
      const local = readLocal(bootstrap, stack);
      if (!local) continue;
      await requireSame(bootstrap, stack, local.snapshot, serial);
      rmSync(localState(bootstrap.site, stack));
      // Terraform's copy of the state before the last write.
      rmSync(`${localState(bootstrap.site, stack)}.backup`, { force: true });
    }
  },
});
