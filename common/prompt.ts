import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';

import { Refusal } from './refusal';

/** Whether a person can be asked. */
export function isInteractive(): boolean {
  return Boolean(process.stdin.isTTY && process.stderr.isTTY);
}

/** Asks a person for a value without showing what is typed. */
export async function askHidden(question: string): Promise<string> {
  process.stderr.write(`${question}: `);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true });
  // Readline takes Ctrl-C away from the process while it reads.
  terminal.on('SIGINT', () => process.exit(130));
  try {
    return (await terminal.question('')).trim();
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}

/** The owner pressed Ctrl-C, or something asked the run to end. */
export class Interrupted extends Error {}

/**
 * Asks a person for a `yes`; anything else, and Ctrl-D, is a no.
 * @throws Refusal without a terminal, Interrupted at Ctrl-C
 */
export async function confirm(question: string): Promise<boolean> {
  if (!isInteractive()) throw new Refusal(`nobody is there to say yes to: ${question} Nothing was done`, 'Run it in a terminal, or say --yes when you have read the above');
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve, reject) => {
    terminal.on('SIGINT', () => {
      reject(new Interrupted());
      terminal.close();
    });
    terminal.on('close', () => resolve(false));
    void terminal.question(`${question} [yes/no]: `).then((answer) => {
      resolve(answer.trim() === 'yes');
      terminal.close();
    });
  });
}

/** Reads a value from a person, or from standard input when that is no terminal. */
export async function readValue(question: string): Promise<string> {
  return isInteractive() ? askHidden(question) : (await text(process.stdin)).trim();
}
