import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { Refusal, WrongUsage } from '../../common/refusal';
import { value, type Verb } from '../../common/verb';
import { pythonTool } from '../../tools/tool-path';

/** `./house artefacts fetch`: keeps on the pool what guests are installed from. */
export const artefacts: Verb = {
  words: 'fetch',
  summary: 'keeps on the pool, by its SHA-256, every release that guests are installed from, so that a rebuild needs no vendor',
  options: { limit: value('GUESTS', 'only what these guests are installed from, with commas between') },
  examples: ['artefacts fetch', 'artefacts fetch --limit gitea,trilium'],
  run: async (root, { words, options }) => {
    if (words.length !== 1 || words[0] !== 'fetch') throw new WrongUsage(`artefacts takes the word fetch, got '${words.join(' ')}'`);
    const playbook = join(root, 'cdktf.out', 'ansible', 'playbooks', 'artefacts.yml');
    if (!existsSync(playbook)) throw new Refusal(`'${playbook}' is not there`, 'write it with: make synth');
    const only = typeof options['limit'] === 'string' ? ['--limit', options['limit']] : [];
    return run(pythonTool('ansible-playbook'), [playbook, ...only], join(root, 'ansible'));
  },
};

/** Runs a program on this terminal. @param folder where it is started: Ansible reads its settings there @returns its exit code */
function run(program: string, args: readonly string[], folder: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'], env: process.env });
    child.once('error', (error) => reject(new Refusal(`${program} cannot be started: ${error.message}`, 'install it with: make house-tools')));
    child.once('close', (code) => resolve(code ?? 1));
  });
}
