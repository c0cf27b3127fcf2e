import { existsSync, writeFileSync } from 'node:fs';

import { Refusal } from '../common/refusal';
import { versionName } from './copies/newest';
import type { RemoteState } from './remote';
import { localState, privateFolder, type Site, type StackName } from './site';
import { describe, difference, parseSnapshot } from './snapshot';

/**
 * Makes an older state the present one. With a present state of the same lineage it becomes a newer serial, so that
 * Terraform takes it for what it is, the newest.
 * @param text the older state
 * @param replace version that the owner names as the one to be replaced, or undefined when nothing may be replaced
 * @returns what the state is now, for a person
 */
export async function putBack(remote: RemoteState, text: string, replace: string | undefined): Promise<string> {
  const wanted = parseSnapshot(text, 'the copy');
  if (!wanted) throw new Refusal('the copy holds no state; nothing was changed');
  const present = await remote.read();
  if (!present) {
    if (!(await remote.create(text))) throw new Refusal('somebody has just written a state; nothing was changed, run again to see it');
    return readBack(remote, text);
  }
  if (!difference(wanted, present)) return `${describe(present)}; it was that already`;
  if (replace !== versionName(present)) {
    const lineage = present.lineage === wanted.lineage ? '' : '\nIt is of another lineage: what it names would no longer be known to Terraform. Read docs/state/restore.md first.';
    throw new Refusal(
      `there is a state already: ${describe(present)}; nothing was changed.${lineage}\nTo put ${describe(wanted)} in its place, add: --replace ${versionName(present)}`,
    );
  }
  const next = { ...(JSON.parse(text) as object), lineage: present.lineage, serial: present.serial + 1 };
  const newer = JSON.stringify(next, null, 2);
  await remote.push(newer);
  return readBack(remote, newer);
}

/** Compares what was written with what is there. */
async function readBack(remote: RemoteState, text: string): Promise<string> {
  const present = await remote.read();
  const wrong = difference(parseSnapshot(text, 'the copy')!, present, 'newer');
  if (wrong) throw new Refusal(`the state of '${remote.stack}' was written but reads back differently: ${wrong}`);
  return describe(present!);
}

/**
 * Keeps the present state although a copy of it is newer: it gets the serial after that copy's, so that no later state
 * shares one with what is not there any more.
 * @param named the present version, as the owner names it
 * @returns what the state is now, for a person
 */
export async function keepPresent(remote: RemoteState, newestSerial: number, named: string | undefined): Promise<string> {
  const text = await remote.pull();
  const present = parseSnapshot(text, 'the object store');
  if (!present) throw new Refusal(`there is no state of '${remote.stack}'; nothing was changed`);
  if (named !== versionName(present)) throw new Refusal(`the state is ${describe(present)}; nothing was changed. To keep it, name it: ${versionName(present)}`);
  if (newestSerial < present.serial) return `${describe(present)}; no copy is newer`;
  const newer = JSON.stringify({ ...(JSON.parse(text) as object), serial: newestSerial + 1 }, null, 2);
  await remote.push(newer);
  return readBack(remote, newer);
}

/** Makes a copy the local state that a bootstrap begins with. @throws Refusal when there is a local state already */
export function putLocal(site: Site, stack: StackName, text: string): void {
  const path = localState(site, stack);
  privateFolder(site.base);
  if (existsSync(path)) throw new Refusal(`'${path}' is there already; nothing was changed. See docs/state/bootstrap.md, "Two states"`);
  writeFileSync(path, text, { mode: 0o600, flag: 'wx', flush: true });
}
