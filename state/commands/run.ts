import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import type { Verb } from '../../common/command-line';
import { Refusal } from '../../common/refusal';
import { copyState } from '../copies/copies';
import { RemoteState } from '../remote';
import { stackFolder } from '../site';
import { describe, difference, parseSnapshot } from '../snapshot';
import { terraform } from '../terraform';
import { openRemote, say, stackNamed } from './common';
import { explain, openHouse } from './house';

/** Terraform's verbs that write the state, but for those that the guard looks at first. */
const WRITERS = new Set(['import', 'refresh', 'taint', 'untaint', 'state']);
/** Terraform's verbs that read variables. */
const READERS = new Set(['plan', 'import', 'refresh', 'console']);

/** `run`: Terraform on a stack of the real house. */
export const run: Verb = {
  synopsis: 'run STACK -- TERRAFORM_ARGUMENTS...',
  summary: 'runs any other verb of Terraform on a stack, with its secrets and its state',
  async run(root, { words: [word, verb = '', ...rest] }) {
    const house = await openHouse(root, stackNamed(word));
    if (!verb) throw new Refusal(`say what Terraform shall do, e.g.: npm run state -- run ${house.stack} -- plan`);
    if (['apply', 'destroy'].includes(verb)) throw new Refusal(`'terraform ${verb}' goes past the guard; use: npm run state -- apply ${house.stack}`);
    const variables = READERS.has(verb) ? ['-var-file={}'] : [];
    const done = await terraform(house.site, [verb, ...variables, ...rest], { ...house.options, show: true, input: 'owner' });
    // `plan -detailed-exitcode` says with 2 that there are changes.
    if (done.code !== 0 && !(done.code === 2 && verb === 'plan')) return explain(house, done);
    if (WRITERS.has(verb)) await copyState(house.site, await RemoteState.open(house.site, house.stack, house.store), say);
    return done.code;
  },
};

/** `push-errored`: for the state that Terraform could not save. */
export const pushErrored: Verb = {
  synopsis: 'push-errored STACK',
  summary: 'writes the errored.tfstate that a failed apply left, and removes it when it reads back the same',
  async run(root, { words: [word] }) {
    const stack = stackNamed(word);
    const { site, remote } = await openRemote(root, stack);
    const path = join(stackFolder(site, stack), 'errored.tfstate');
    if (!existsSync(path)) throw new Refusal(`'${path}' is not there: there is nothing to push`);
    const text = readFileSync(path, 'utf8');
    const errored = parseSnapshot(text, path);
    if (!errored) throw new Refusal(`'${path}' holds no state; it is left as it is`);
    await remote.push(text);
    const present = await remote.read();
    const wrong = difference(errored, present, 'newer');
    if (wrong) throw new Refusal(`the state was pushed but reads back differently (${wrong}); '${path}' is kept`);
    rmSync(path);
    say(`${stack} is now ${describe(present!)}; errored.tfstate is removed`);
    await copyState(site, remote, say);
    return 0;
  },
};
