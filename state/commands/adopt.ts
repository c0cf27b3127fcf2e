import { existsSync, readFileSync } from 'node:fs';

import { exclusively, HOUSE } from '../../common/exclusive';
import { confirm } from '../../common/prompt';
import { WrongUsage } from '../../common/refusal';
import { flag, type Arguments, type Verb } from '../../common/verb';
import { adoptStack, disown as disownFrom, type AdoptingStack, type AdoptOptions } from '../adopt/run';
import { copyState } from '../copies/copies';
import { requireTrustedHost } from '../host-authority';
import { RemoteState } from '../remote';
import { localState, openSite, privateFolder, type Site } from '../site';
import { parseSnapshot } from '../snapshot';
import { requirePresentNewest } from './apply-stack';
import { say, stackNamed } from './common';
import { openHouse } from './house';

const OPTIONS = { 'dry-run': flag('plans and judges, and writes nothing'), local: flag('the state is the file that a bootstrap begins with: before there is an object store'), yes: flag('asks nobody') };

interface Opened {
  readonly house: AdoptingStack;
  readonly names: readonly string[];
  readonly options: AdoptOptions;
}

/** The state that a bootstrap begins with, before there is an object store. */
async function openLocal(root: string, typed: Arguments, question: string): Promise<Opened> {
  const [word, ...names] = typed.words;
  const [site, stack] = [openSite(root, 'real'), stackNamed(word)];
  await requireTrustedHost(site, stack, say);
  const file = localState(privateSite(site), stack);
  const snapshot = existsSync(file) ? parseSnapshot(readFileSync(file, 'utf8'), file) : undefined;
  return { house: { site, stack, file }, names, options: { snapshot, only: names, say, copy: () => Promise.resolve(), isDry: typed.options['dry-run'] === true, ...asking(typed, question) } };
}

function privateSite(site: Site): Site {
  privateFolder(site.base);
  return site;
}

const asking = (typed: Arguments, question: string): Pick<AdoptOptions, 'confirm'> => (typed.options.yes ? {} : { confirm: () => confirm(question) });

async function opened(root: string, typed: Arguments, question: string): Promise<Opened> {
  if (typed.options.local) return openLocal(root, typed, question);
  const [word, ...names] = typed.words;
  const house = await openHouse(root, stackNamed(word));
  await requirePresentNewest(house);
  const remote = await RemoteState.open(house.site, house.stack, house.store);
  const copy = async () => {
    // A stack that was never applied has no state to copy.
    if (await remote.read()) await copyState(house.site, remote, say);
  };
  const { site, stack, store: { credentials } } = house;
  return { house: { site, stack, credentials }, names, options: { snapshot: await remote.read(), only: names, say, copy, isDry: typed.options['dry-run'] === true, ...asking(typed, question) } };
}

/** `adopt`: what is on the host already comes into the state, as it is. */
export const adopt: Verb = {
  words: 'STACK [NAME...]',
  summary: 'takes what the definition says is there into the state: reads the host, writes the state, and changes nothing else',
  options: OPTIONS,
  examples: ['adopt services --dry-run', 'adopt services jellyfin', 'adopt foundation --local'],
  run: (root, typed) =>
    exclusively(openSite(root, 'real'), HOUSE, async () => {
      const { house, options } = await opened(root, typed, 'state: shall these come into the state?');
      return adoptStack(house, options);
    }),
};

/** `disown`: the way back from `adopt`. */
export const disown: Verb = {
  words: 'STACK NAME...',
  summary: 'takes what was adopted out of the state again; nothing is done on the host',
  options: OPTIONS,
  examples: ['disown services jellyfin'],
  run: (root, typed) => {
    if (typed.words.length < 2) throw new WrongUsage('name the stack and what to forget, e.g.: ./house state disown services jellyfin');
    return exclusively(openSite(root, 'real'), HOUSE, async () => {
      const { house, names, options } = await opened(root, typed, 'state: shall these leave the state?');
      return disownFrom(house, names, options);
    });
  },
};
