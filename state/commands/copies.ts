import { flag, value, type Verb } from '../../common/verb';
import { Refusal } from '../../common/refusal';
import { copyState, listCopies, openCopy } from '../copies/copies';
import { newestOf, onlyNewest } from '../copies/newest';
import { keepPresent, putBack, putLocal } from '../put-back';
import { ownProviders, requireOwnProviders } from '../own-state';
import { RemoteState } from '../remote';
import { listVersions, readObject } from '../s3';
import { localState, openSite, readStack, s3Block, STACKS } from '../site';
import { parseSnapshot } from '../snapshot';
import { openRemote, say, stackNamed } from './common';
import { stackOf, trustedStack } from './house';

/** `backup`: the verb behind `make state-backup`. */
export const backup: Verb = {
  summary: 'copies both states, encrypted, to the host and to this machine',
  async run(root) {
    for (const stack of STACKS) {
      const { site, store } = await trustedStack(root, stack);
      await copyState(site, await RemoteState.open(site, stack, store), say);
    }
    return 0;
  },
};

/** `copies`: what a restore can choose from, whether or not there is an object store. */
export const copies: Verb = {
  words: 'STACK',
  summary: 'lists the copies of a state outside the object store',
  run(root, { words: [word] }) {
    for (const { file, serial, place } of listCopies(openSite(root, 'real'), stackNamed(word), say)) say(`serial ${serial}: ${file} in ${place.name}`);
    return 0;
  },
};

/** `restore`: the verb behind `make state-restore`. */
export const restore: Verb = {
  words: 'STACK',
  summary: 'puts a copy back into the object store, by default the newest of the only lineage; --local makes it the state that a bootstrap begins with',
  options: {
    copy: value('FILE', 'this copy, and not the newest'),
    replace: value('VERSION', 'the present state, by its serial, that the copy takes the place of'),
    local: flag('makes the copy the state that a bootstrap begins with'),
  },
  async run(root, { words: [word], options }) {
    const stack = stackNamed(word);
    const site = openSite(root, 'real');
    const known = listCopies(site, stack, say);
    const copy = options.copy ? known.find(({ file }) => file === options.copy) : onlyNewest(known, stack);
    if (!copy) throw new Refusal(`there is no copy '${options.copy as string}'; see: ./house state copies ${stack}`);
    say(`taking ${copy.file} from ${copy.place.name}`);
    const text = openCopy(site, copy);
    if (options.local) {
      putLocal(site, stack, text);
      say(`'${localState(site, stack)}' is that copy; go on with: make bootstrap HOST=pve`);
      return 0;
    }
    const { remote } = await openRemote(root, stack);
    say(`${stack} is now ${await putBack(remote, text, options.replace as string | undefined)}`);
    return 0;
  },
};

/** `keep`: after a rollback of the object store that was meant. */
export const keep: Verb = {
  words: 'STACK VERSION',
  summary: 'says that the present state is right although a copy of it is newer; it gets the serial after that copy',
  async run(root, { words: [word, version] }) {
    const stack = stackNamed(word);
    const { site, remote } = await openRemote(root, stack);
    const present = await remote.read();
    const newest = present ? newestOf(listCopies(site, stack, say), present.lineage) : [];
    say(`${stack} is now ${await keepPresent(remote, newest[0]?.serial ?? -1, version)}`);
    await copyState(site, remote, say);
    return 0;
  },
};

/** A version of a state in a few words, whatever it holds. */
function inShort(text: string | undefined, own: ReadonlySet<string>): string {
  if (!text) return 'deleted';
  try {
    requireOwnProviders(text, own, 'this version');
    const snapshot = parseSnapshot(text, 'this version');
    return snapshot ? `serial ${snapshot.serial}, ${snapshot.resources.length} resources` : 'empty';
  } catch (error) {
    if (error instanceof Refusal) return error.problem;
    throw error;
  }
}

/** `versions`: what a rollback can choose from. */
export const versions: Verb = {
  words: 'STACK',
  summary: 'lists the versions of a state that the object store keeps',
  async run(root, { words: [word] }) {
    const stack = stackNamed(word);
    // Without Terraform: this is how the owner finds the last version before a foreign one.
    const { site, store } = stackOf(root, stack);
    const { bucket, key } = s3Block(site, stack);
    const own = ownProviders(readStack(site, stack));
    for (const { versionId, lastModified, isDeleteMarker } of await listVersions(store, bucket, key)) {
      const text = isDeleteMarker ? undefined : await readObject(store, bucket, key, versionId);
      say(`${versionId} of ${lastModified}: ${inShort(text, own)}`);
    }
    return 0;
  },
};

/** `rollback`: an earlier version of the object store becomes the present one. */
export const rollback: Verb = {
  words: 'STACK VERSION_ID',
  summary: 'makes an earlier version of a state the present one; the machine itself is not touched',
  options: { replace: value('VERSION', 'the present state that it takes the place of') },
  async run(root, { words: [word, versionId], options }) {
    const stack = stackNamed(word);
    const { site, access, remote } = await openRemote(root, stack);
    const { bucket, key } = s3Block(site, stack);
    const text = versionId && (await readObject(access.store(access.key()), bucket, key, versionId));
    if (!text) throw new Refusal(`name a version; see: ./house state versions ${stack}`);
    say(`${stack} is now ${await putBack(remote, text, options.replace as string | undefined)}`);
    return 0;
  },
};
