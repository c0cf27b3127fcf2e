import { spawnSync } from 'node:child_process';
import { basename, dirname, relative, resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { runProgram } from '../../common/command-line';
import { plainEnvironment } from '../../common/environment';
import { Refusal } from '../../common/refusal';
import { terraformPath } from '../../tools/tool-path';
import { applyHouse } from '../commands/apply-stack';
import { say } from '../commands/common';
import { trustedStack } from '../commands/house';
import { requireTrustedHost } from '../host-authority';
import { STACKS, type StackName } from '../site';
import { initialize } from '../provider-lock';
import { terraform } from '../terraform';
import { readRequest } from '../request';

/** Terraform's own questions: cdktf waits for these words, and answers with a line. */
const QUESTION = { apply: 'Do you want to perform these actions?', destroy: 'Do you really want to destroy all resources?' };

/** The house and the stack in whose folder this runs. @throws Refusal in any other folder */
function here(folder: string): { readonly root: string; readonly stack: StackName } {
  const stack = STACKS.find((name) => name === basename(folder));
  const root = resolve(folder, '..', '..', '..');
  // The folder of a generation, beside the link cdktf.out that leads to it.
  if (!stack || basename(dirname(folder)) !== 'stacks' || !relative(root, folder).match(/^\.?cdktf\.out/)) {
    throw new Refusal(`'${folder}' is no stack of this house, and nothing else is run here`, `go to cdktf.out/stacks/NAME; NAME is ${STACKS.join(' or ')}`);
  }
  return { root, stack };
}

function ask(question: string): Promise<boolean> {
  console.log(`\n${question}\n  Only 'yes' will be accepted to approve.\n`);
  const terminal = createInterface({ input: process.stdin });
  return new Promise((answered) => {
    terminal.once('line', (line) => {
      answered(line.trim() === 'yes');
      terminal.close();
    });
    terminal.once('close', () => answered(false));
  });
}

/** Terraform's own answer about itself, which needs no house. */
function aboutItself(words: readonly string[]): number {
  return spawnSync(terraformPath(), words, { stdio: 'inherit', env: { ...plainEnvironment(), CHECKPOINT_DISABLE: '1' } }).status ?? 1;
}

/** Terraform under its own name: harmless verbs go through, changes are planned, judged, asked for, applied and copied. */
async function main(args: readonly string[]): Promise<number> {
  const request = readRequest(args);
  if (request.kind === 'about') return aboutItself(args);
  const { root, stack } = here(process.cwd());
  if (request.kind === 'pass') {
    const { site, options } = await trustedStack(root, stack);
    if (request.needsVariables) await requireTrustedHost(site, stack, say);
    const [verb, ...rest] = request.words;
    if (verb === 'init') return (await initialize(site, stack, [...rest, '-reconfigure'], { ...options, show: true })).code;
    return (await terraform(site, [verb!, ...(request.needsVariables ? ['-var-file={}'] : []), ...rest], { ...options, show: true })).code;
  }
  const question = request.destroy ? QUESTION.destroy : QUESTION.apply;
  return applyHouse(root, stack, { planArguments: request.destroy ? ['-destroy'] : [], ...(request.asks ? { confirm: () => ask(question) } : {}) });
}

runProgram('terraform', () => main(process.argv.slice(2)));
