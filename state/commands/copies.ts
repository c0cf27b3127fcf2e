import type { Verb } from '../../common/command-line';
import { Refusal } from '../../common/refusal';
import { copyState, listCopies, openCopy } from '../copies/copies';
import { putBack, putLocal } from '../put-back';
import { listVersions, readObject } from '../s3';
import { localState, openSite, s3Block, STACKS } from '../site';
import { parseSnapshot } from '../snapshot';
import { openRemote, say, stackNamed } from './common';

/** `backup`: the verb behind `make state-backup`. */
export const backup: Verb = {
  synopsis: 'backup',
  summary: 'copies both states, encrypted, to the host and to this machine',
  async run(root) {
    for (const stack of STACKS) {
      const { site, remote } = await openRemote(root, stack);
      await copyState(site, remote, say);
    }
    return 0;
  },
};

/** `copies`: what a restore can choose from, whether or not there is an object store. */
export const copies: Verb = {
  synopsis: 'copies STACK',
  summary: 'lists the copies of a state outside the object store',
  run(root, { words: [word] }) {
    for (const { file, serial, place } of listCopies(openSite(root, 'real'), stackNamed(word), say)) say(`serial ${serial}: ${file} in ${place.name}`);
    return 0;
  },
};

/** `restore`: the verb behind `make state-restore`. */
export const restore: Verb = {
  synopsis: 'restore STACK [--copy FILE] [--replace VERSION | --local]',
  summary: 'puts a copy back into the object store, by default the newest; --local makes it the state that a bootstrap begins with',
  options: { copy: 'string', replace: 'string', local: 'boolean' },
  async run(root, { words: [word], options }) {
    const stack = stackNamed(word);
    const site = openSite(root, 'real');
    const known = listCopies(site, stack, say);
    const copy = options.copy ? known.find(({ file }) => file === options.copy) : known.sort((a, b) => a.serial - b.serial).at(-1);
    if (!copy) throw new Refusal(options.copy ? `there is no copy '${options.copy as string}'; see: npm run state -- copies ${stack}` : `there is no copy of the state of '${stack}'`);
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

/** `versions`: what a rollback can choose from. */
export const versions: Verb = {
  synopsis: 'versions STACK',
  summary: 'lists the versions of a state that the object store keeps',
  async run(root, { words: [word] }) {
    const stack = stackNamed(word);
    const { site, access } = await openRemote(root, stack);
    const { bucket, key } = s3Block(site, stack);
    const store = access.store(access.key());
    for (const { versionId, lastModified, isDeleteMarker } of listVersions(store, bucket, key)) {
      const text = isDeleteMarker ? undefined : readObject(store, bucket, key, versionId);
      const snapshot = parseSnapshot(text, versionId);
      say(`${versionId} of ${lastModified}: ${snapshot ? `serial ${snapshot.serial}, ${snapshot.resources.length} resources` : 'deleted'}`);
    }
    return 0;
  },
};

/** `rollback`: an earlier version of the object store becomes the present one. */
export const rollback: Verb = {
  synopsis: 'rollback STACK VERSION_ID [--replace VERSION]',
  summary: 'makes an earlier version of a state the present one; the machine itself is not touched',
  options: { replace: 'string' },
  async run(root, { words: [word, versionId], options }) {
    const stack = stackNamed(word);
    const { site, access, remote } = await openRemote(root, stack);
    const { bucket, key } = s3Block(site, stack);
    const text = versionId && readObject(access.store(access.key()), bucket, key, versionId);
    if (!text) throw new Refusal(`name a version; see: npm run state -- versions ${stack}`);
    say(`${stack} is now ${await putBack(remote, text, options.replace as string | undefined)}`);
    return 0;
  },
};
