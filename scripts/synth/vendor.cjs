// The packages that the project stands on, and its generated bindings, in one prepared file. Loading hundreds of
// small modules is most of a synth's time; what is prepared here changes only with the lock file or the bindings.
const { createHash } = require('node:crypto');
const { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } = require('node:fs');
const { createRequire } = require('node:module');
const { join } = require('node:path');
const { fromRoot } = require('./build.cjs');
const { compile, evaluate } = require('./evaluate.cjs');

const stackTrace = 'cdktf/lib/tokens/private/stack-trace';

/**
 * Loads the prepared packages of the last run, if they still hold.
 * `requireFor(packages)` gives the `require` of a bundle, after preparing them anew when one is missing.
 */
function register(root) {
  const library = process.env.HOMELAB_CDKTF ?? 'cdktf';
  const folder = join(root, '.cache', 'vendor');
  const file = join(folder, `${library}-${keyOf(root)}.cjs`);
  const plain = createRequire(join(root, 'package.json'));
  // The fork reads this name; with it, no library object records where it was made.
  process.env.CDKTN_DISABLE_CREATION_STACK ??= '1';
  process.env.CHECKPOINT_DISABLE ??= '1';
  let modules = existsSync(file) ? load(file, plain) : undefined;

  return {
    async requireFor(packages) {
      if (!modules || packages.some((name) => !modules.has(name))) {
        mkdirSync(folder, { recursive: true });
        await prepare(root, [...new Set([...packages, stackTrace])].sort(), library, file);
        modules = load(file, plain);
      }
      return (name) => (modules.has(fromRoot(name)) ? modules.get(fromRoot(name))() : plain(name));
    },
  };
}

function load(file, plain) {
  const compiled = `${file}.v8`;
  const cachedData = existsSync(compiled) ? readFileSync(compiled) : undefined;
  const modules = new Map(Object.entries(evaluate(readFileSync(file, 'utf8'), file, plain, cachedData)));
  // Every library object would record a stack of unlimited depth, for error texts that this project does not show.
  modules.get(stackTrace)().captureStackTrace = () => [];
  // All of them are needed, and now is when esbuild works in its own process.
  for (const loadModule of modules.values()) loadModule();
  return modules;
}

/** Changes with the lock file, the bindings and this file; hashing the lock file itself would take longer than it saves. */
function keyOf(root) {
  const hash = createHash('sha256').update(process.version);
  for (const file of ['package-lock.json', '.gen/source.sha256', 'scripts/synth/vendor.cjs']) {
    const { mtimeMs, size } = statSync(join(root, file));
    hash.update(`${mtimeMs} ${size} `);
  }
  return hash.digest('hex').slice(0, 16);
}

async function prepare(root, packages, library, file) {
  const { build } = require('esbuild');
  const lines = packages.map((name) => `  ${JSON.stringify(name)}: () => require(${JSON.stringify(name.startsWith('.gen/') ? `./${name}` : name)}),`);
  const result = await build({
    stdin: { contents: `module.exports = {\n${lines.join('\n')}\n};\n`, resolveDir: root },
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    alias: library === 'cdktf' ? {} : { cdktf: library },
    logLevel: 'error',
  });
  const code = result.outputFiles[0].text;
  // The code last: whoever finds it finds the other too.
  writeWhole(`${file}.v8`, compile(code, file));
  writeWhole(file, code);
}

/** Two runs may prepare at once: each writes a file of its own, and the rename is whole. */
function writeWhole(file, content) {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, content);
  renameSync(own, file);
}

module.exports = { register };
