#!/usr/bin/env node
// Changes the code in small ways, one at a time, and says which of them no test notices: npm run mutants -- ROOM
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rooms } from './rooms.mjs';

const names = Object.keys(rooms);
const HELP = `usage: npm run mutants -- ROOM [--static] [FILE…]

  ROOM       ${names.join(', ')}
  FILE…      only these files of the room
  --static   also what is computed when a file is loaded, such as tables of words

Reports lie in .cache/mutants; a second run tries only what changed. Exit code: 0 enough was noticed, 1 not, 2 wrong usage.`;

const args = process.argv.slice(2);
if (args.includes('--help')) {
  console.log(HELP);
  process.exit(0);
}
const [room, ...files] = args.filter((arg) => !arg.startsWith('--'));
const odd = args.filter((arg) => arg.startsWith('--') && arg !== '--static');
if (!names.includes(room) || odd.length > 0) {
  console.error(odd.length > 0 ? `mutants: no option ${odd.join(', ')}` : `mutants: no room '${room ?? ''}'; there are ${names.join(', ')}`);
  process.exit(2);
}

const folder = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const stryker = `${folder}node_modules/@stryker-mutator/core/bin/stryker.js`;
const run = (program, words, more = {}) => spawnSync(program, words, { stdio: 'inherit', ...more }).status ?? 1;
if (!existsSync(stryker) && run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder }) !== 0) process.exit(1);
const env = { ...process.env, MUTANTS_ROOM: room, ...(args.includes('--static') && { MUTANTS_STATIC: 'yes' }), ...(files.length > 0 && { MUTANTS_FILES: files.join(',') }) };
process.exit(run(process.execPath, [stryker, 'run', `${folder}stryker.config.mjs`], { cwd: root, env }) === 0 ? 0 : 1);
