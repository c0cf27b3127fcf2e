import { createInterface } from 'node:readline';

import { Refusal } from '../common/refusal';
import { Interrupted } from './run-command';

/**
 * Asks the owner for a yes.
 * @throws Refusal when nobody is there, Interrupted at Ctrl-C
 */
export function askToGoOn(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Refusal('nobody is there to be asked; nothing was run. Say --yes to run the steps unattended');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  return new Promise((resolve, reject) => {
    terminal.on('SIGINT', () => {
      reject(new Interrupted());
      terminal.close();
    });
    // Ctrl-D is a no.
    terminal.on('close', () => resolve(false));
    terminal.question(`rebuild: ${question} [yes/no] `, (answer) => {
      resolve(/^y(es)?$/i.test(answer.trim()));
      terminal.close();
    });
  });
}
