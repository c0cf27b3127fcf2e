import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../helpers/run-synth';

const python = join(root, '.tools/python/bin/python');
const MAX_BUFFER = 1 << 28;

/** A format that Python, or a library of Ansible's, reads. */
export type Format = 'json' | 'toml' | 'yaml' | 'xml' | 'ini';

/** One text to be read as what it is. */
export interface Job {
  readonly format: Format;
  readonly text: string;
}

/** Runs a script of this folder over one JSON value, with the Python that Ansible is installed in. */
export function runPython<T>(script: string, input: unknown, env: NodeJS.ProcessEnv = process.env): T {
  const output = execFileSync(python, [join(__dirname, script)], { input: JSON.stringify(input), encoding: 'utf8', maxBuffer: MAX_BUFFER, env });
  return JSON.parse(output) as T;
}

/** Trees of many texts, in one process; a text that comes again is read once. Throws with the text when its parser refuses it. */
export function parseAll(jobs: readonly Job[]): unknown[] {
  const known = new Map<string, unknown>();
  const different = [...new Map(jobs.map((job) => [job.format + job.text, job])).values()];
  runPython<{ tree?: unknown; error?: string }[]>('parse.py', different).forEach(({ tree, error }, index) => {
    const { format, text } = different[index]!;
    if (error !== undefined) throw new Error(`${error}\n${text}`);
    known.set(format + text, tree);
  });
  return jobs.map(({ format, text }) => known.get(format + text));
}

/** XML of the tree that the reference parser of Markdown sees, tables included. */
export function commonMark(text: string): string {
  return run('cmark-gfm', ['--extension', 'table', '--to', 'xml'], text).stdout.replace(/<!DOCTYPE[^>]*>/, '');
}

/** Runs a tool that must end well. */
export function run(tool: string, args: readonly string[], input?: string): { stdout: string; stderr: string } {
  const { status, stdout, stderr, error } = spawnSync(tool, args, { encoding: 'utf8', input, maxBuffer: MAX_BUFFER });
  if (error) throw error;
  if (status !== 0) throw new Error(`${tool} ended with ${status}: ${stdout}${stderr}`);
  return { stdout, stderr };
}
