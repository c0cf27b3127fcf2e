// The front door: finds a verb in the table, sets up what it needs, and starts its program. Help, completion and a wrong
// word need nothing but Node and the table, so that they come at once, on a fresh machine too.
const { spawn, spawnSync } = require('node:child_process');
const { existsSync } = require('node:fs');
const { join } = require('node:path');
const table = require('./verbs.json');

const root = join(__dirname, '..');

function find(typed) {
  return table.verbs.find(({ path }) => path.every((word, index) => word === typed[index]));
}

function asksForHelp(args) {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).includes('--help');
}

function print(text, code = 0) {
  console.log(text);
  return code;
}

function completion(typed) {
  const { scripts, words } = require('./completion.cjs');
  if (typed[0] === 'words') return print(words(table, typed.slice(1)).join('\n'));
  if (Object.hasOwn(scripts, typed[0] ?? '')) return print(scripts[typed[0]]);
  console.error(`house: completion is for bash, zsh or fish, got '${typed[0] ?? ''}'`);
  return 2;
}

/** Help of what was named; what is no verb is said with what was meant. */
function help(typed) {
  if (typed.length === 0) return print(table.help);
  const verb = find(typed);
  if (verb) return print(verb.help);
  return Object.hasOwn(table.groups, typed[0]) ? print(table.groups[typed[0]]) : unknown(typed);
}

function unknown(typed) {
  if (!existsSync(join(root, 'node_modules/tsx'))) {
    console.error(`house: unknown command '${typed[0]}'; see: ./house --help`);
    return 2;
  }
  return start(['door/unknown.ts', ...typed]);
}

/** Whether an option is typed that the verb does not have; its program says so best, and needs no tools for it. */
function isRefused({ program, options }, args) {
  const end = args.indexOf('--');
  const typed = (end < 0 ? args : args.slice(0, end)).filter((arg) => arg.startsWith('--')).map((arg) => arg.slice(2).split('=')[0]);
  return program[0].endsWith('.ts') && typed.some((option) => !options.includes(option));
}

/** Make says what it does on standard error: standard output belongs to the verb. */
function setUp(needs) {
  return spawnSync('make', ['--silent', '--no-print-directory', '-C', root, ...needs], { stdio: ['inherit', 2, 2] });
}

/**
 * Starts a program in the project's folder. The terminal sends Ctrl-C to it as well, and it ends as it sees fit: sent once
 * more, a program would take it for impatience. What else asks to end only reaches this process.
 */
function start([program, ...args]) {
  const command = program.endsWith('.ts') ? [process.execPath, '--import', 'tsx', program] : program.endsWith('.cjs') ? [process.execPath, program] : [join(root, program)];
  const child = spawn(command[0], [...command.slice(1), ...args], { cwd: root, stdio: 'inherit' });
  process.on('SIGINT', () => undefined).on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('error', (error) => {
    console.error(`house: ${program} cannot be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
  return undefined;
}

function answer(typed) {
  const [first, ...rest] = typed;
  if (first === undefined) return print(table.help, 2);
  if (first === '--help' || first === 'help') return help(rest);
  if (first === 'completion') return completion(rest);
  const verb = find(typed);
  if (!verb) return group(first, rest);
  const args = typed.slice(verb.path.length);
  if (asksForHelp(args)) return print(verb.help);
  const said = Object.keys(verb.needsWith).find((option) => args.includes(`--${option}`));
  const { status, error } = setUp(isRefused(verb, args) ? ['install'] : said ? verb.needsWith[said] : verb.needs);
  if (error) {
    console.error(`house: 'make' cannot be started: ${error.message}; install it, e.g.: apt install make`);
    return 1;
  }
  return status === 0 ? start([...verb.program, ...args]) : (status ?? 130);
}

/** A group without a verb tells its verbs; anything else is no verb. */
function group(name, rest) {
  if (!Object.hasOwn(table.groups, name)) return unknown([name, ...rest]);
  if (rest.length === 0 || rest[0] === '--help') return print(table.groups[name], rest.length === 0 ? 2 : 0);
  return unknown([name, ...rest]);
}

process.exitCode = answer(process.argv.slice(2));
