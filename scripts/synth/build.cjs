// Bundles the project's own TypeScript. Packages and generated bindings stay outside: they come from vendor.cjs.
const { spawn } = require('node:child_process');

const options = [
  '--bundle',
  '--platform=node',
  '--target=node20',
  '--format=cjs',
  '--packages=external',
  // Only constructs/proxmox imports bindings, so the path is always this one.
  '--external:../../.gen/*',
  '--log-level=error',
];

/**
 * Builds `entry` and all that it imports by relative path. The binary is started as it is: loading its JavaScript
 * interface takes longer than the build.
 * @returns the code and the packages it needs, or nothing when the source has errors; esbuild has printed them
 */
function startBuild(root, entry) {
  const binary = require.resolve(`@esbuild/${process.platform}-${process.arch}/bin/esbuild`);
  const child = spawn(binary, [entry, ...options], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
  const chunks = [];
  child.stdout.on('data', (chunk) => chunks.push(chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      if (status !== 0) return resolve(undefined);
      const code = Buffer.concat(chunks).toString('utf8');
      resolve({ code, packages: requiredBy(code) });
    });
  });
}

/** What a bundle requires: packages by name, bindings by their path from the project's root. */
function requiredBy(code) {
  const names = [...code.matchAll(/\brequire\("([^"]+)"\)/g)].map(([, name]) => name);
  return [...new Set(names.filter((name) => !name.startsWith('node:')).map(fromRoot))].sort();
}

/** Bindings are imported by paths relative to each file; here they have one name each. */
function fromRoot(name) {
  return name.includes('.gen/') ? name.slice(name.indexOf('.gen/')) : name;
}

module.exports = { fromRoot, startBuild };
