import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { Refusal } from '../../secrets/refusal';
import { Access } from '../access';
import { copyState } from '../copies/copies';
import { explainFailure } from '../failure';
import { describeLock } from '../lock';
import { RemoteState } from '../remote';
import { openSite, s3Block, stackFolder } from '../site';
import { describe, difference, parseSnapshot } from '../snapshot';
import { terraform } from '../terraform';
import { ENGINE, openRemote, say, stackNamed, type Command } from './command';

/** Terraform's verbs that write the state. */
const WRITERS = new Set(['apply', 'destroy', 'import', 'refresh', 'taint', 'untaint', 'state']);
/** Terraform's verbs that read variables. */
const READERS = new Set(['plan', 'apply', 'destroy', 'import', 'refresh', 'console']);

/** `run`: Terraform on a stack of the real house, with secrets, and with a copy of the state afterwards. */
export const run: Command = {
  synopsis: 'run STACK -- TERRAFORM_ARGUMENTS...',
  summary: 'runs Terraform on a stack with its secrets and its state, and copies the state after it was written',
  async run(root, { words: [word, verb = '', ...rest] }) {
    const stack = stackNamed(word);
    if (!verb) throw new Refusal(`say what Terraform shall do, e.g.: npm run state -- run ${stack} -- plan`);
    const site = openSite(root, 'real');
    s3Block(site, stack);
    const access = new Access(site, ENGINE);
    const store = access.store(access.key());
    const options = { folder: stackFolder(site, stack), credentials: store.credentials };

    const init = await terraform(site, ['init', '-no-color', '-input=false'], options);
    const variables = READERS.has(verb) ? ['-var-file={}'] : [];
    const done = init.code === 0 ? await terraform(site, [verb, ...variables, ...rest], { ...options, show: true, input: 'owner' }) : init;
    // `plan -detailed-exitcode` says with 2 that there are changes.
    if (done.code === 0 || (done.code === 2 && verb === 'plan')) {
      if (WRITERS.has(verb)) await copyState(site, await RemoteState.open(site, stack, store), say);
      return done.code;
    }
    const meaning = await explain();
    console.error(`state: ${meaning ?? `terraform ${verb} failed with exit code ${done.code}`}`);
    if (init.code !== 0) console.error(init.stderr.trim());
    return done.code;

    async function explain(): Promise<string | undefined> {
      const known = explainFailure(stack, done.stderr);
      if (!/Error acquiring the state lock/.test(done.stderr)) return known;
      const held = (await RemoteState.open(site, stack, store)).lock();
      return held ? describeLock(stack, held) : known;
    }
  },
};

/** `push-errored`: for the state that Terraform could not save. */
export const pushErrored: Command = {
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
    const wrong = difference(errored, await remote.read());
    if (wrong) throw new Refusal(`the state was pushed but reads back differently (${wrong}); '${path}' is kept`);
    rmSync(path);
    say(`${stack} is now ${describe(errored)}; errored.tfstate is removed`);
    await copyState(site, remote, say);
    return 0;
  },
};
