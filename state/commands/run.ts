import { existsSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

import { exclusively, HOUSE } from '../../common/exclusive';
import type { Verb } from '../../common/verb';
import { Refusal, WrongUsage } from '../../common/refusal';
import { copyState } from '../copies/copies';
import { readHost } from '../host';
import { explainPrevented } from '../prevented';
import { initialize } from '../provider-lock';
import { RemoteState } from '../remote';
import { readRequest } from '../request';
import { openSite, stackFolder } from '../site';
import { describe, difference, parseSnapshot } from '../snapshot';
import { terraform, type TerraformOptions } from '../terraform';
import { openRemote, say, stackNamed } from './common';
import { requirePresentNewest, unsavedStates } from './apply-stack';
import { explain, openHouse, type HouseStack } from './house';
import { requireSameGuest } from './same-guest';

/** Terraform's verbs that write the state and nothing else, each with the options that it takes here. */
const WRITERS: Readonly<Record<string, RegExp>> = { import: /^-no-color$/, untaint: /^-no-color$/ };

/** Writes the state by Terraform's own verb, between two copies of it. */
async function write(house: HouseStack, verb: string, rest: readonly string[]): Promise<number> {
  const barred = rest.find((word) => word.startsWith('-') && !WRITERS[verb]!.test(word));
  if (barred !== undefined) throw new WrongUsage(`'${verb} ${barred}' is not let through here; leave it out`);
  await requirePresentNewest(house);
  if (verb === 'import') requireSameGuest(house, rest.filter((word) => !word.startsWith('-')), () => readHost(house.site).guests);
  const copy = async () => copyState(house.site, await RemoteState.open(house.site, house.stack, house.store), say);
  await copy();
  const done = await terraform(house.site, [verb, ...(verb === 'import' ? ['-var-file={}'] : []), ...rest], { ...house.options, show: true, input: 'owner' });
  if (done.code !== 0) return explain(house, done);
  await copy();
  return 0;
}

/** `run`: Terraform on a stack of the real house. */
export const run: Verb = {
  words: 'STACK -- TERRAFORM_ARGUMENTS...',
  summary: 'runs a verb of Terraform that changes nothing unjudged on a stack, with its secrets and its state',
  examples: ['run services -- plan', 'run foundation -- state list'],
  async run(root, { words: [word, verb, ...rest] }) {
    const stack = stackNamed(word);
    if (!verb) throw new WrongUsage(`say what Terraform shall do, e.g.: ./house state run ${stack} -- plan`);
    if (Object.hasOwn(WRITERS, verb)) return exclusively(openSite(root, 'real'), HOUSE, async () => write(await openHouse(root, stack), verb, rest));
    const request = readRequest([verb, ...rest]);
    if (request.kind === 'change') throw new Refusal(`'terraform ${verb}' goes past the guard; use: ./house state apply ${stack}`);
    const house = await openHouse(root, stack);
    const [first, ...words] = request.kind === 'about' ? [verb, ...rest] : request.words;
    const variables = request.kind === 'pass' && request.needsVariables ? ['-var-file={}'] : [];
    const options: TerraformOptions = { ...house.options, show: true, input: 'owner' };
    const done = await (first === 'init' ? initialize(house.site, stack, words, options) : terraform(house.site, [first!, ...variables, ...words], options));
    if (verb === 'plan') await explainPrevented(house.site, { ...house.options, stack }, done);
    // `plan -detailed-exitcode` says with 2 that there are changes.
    return done.code === 0 || (done.code === 2 && verb === 'plan') ? done.code : explain(house, done);
  },
};

/** `push-errored`: for the state that Terraform could not save. */
export const pushErrored: Verb = {
  words: 'STACK',
  summary: 'writes the errored.tfstate that a failed apply left, and removes it when it reads back the same',
  async run(root, { words: [word] }) {
    const stack = stackNamed(word);
    const { site, remote } = await openRemote(root, stack);
    const folder = stackFolder(site, stack);
    const path = unsavedStates(folder)[0] ?? join(folder, 'errored.tfstate');
    if (!existsSync(path)) throw new Refusal(`'${path}' is not there: there is nothing to push`);
    const text = readFileSync(path, 'utf8');
    const errored = parseSnapshot(text, path);
    if (!errored) throw new Refusal(`'${path}' holds no state; it is left as it is`);
    await remote.push(text);
    const present = await remote.read();
    const wrong = difference(errored, present, 'newer');
    if (wrong) throw new Refusal(`the state was pushed but reads back differently (${wrong}); '${path}' is kept`);
    rmSync(path);
    say(`${stack} is now ${describe(present!)}; ${basename(path)} is removed`);
    await copyState(site, remote, say);
    return 0;
  },
};
