// Bundles the project's own TypeScript. Packages and generated bindings stay outside: they come from vendor.mjs.
const { build } = require('esbuild');

const generated = {
  name: 'generated',
  setup(context) {
    context.onResolve({ filter: /\.gen\// }, ({ path }) => ({ path: path.slice(path.indexOf('.gen/')), external: true }));
  },
};

/**
 * Builds `entry` and all that it imports by relative path.
 * @returns the code and the packages it needs, or nothing when the source has errors; esbuild has printed them
 */
async function startBuild(root, entry) {
  try {
    const result = await build({
      absWorkingDir: root,
      entryPoints: [entry],
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      packages: 'external',
      plugins: [generated],
      logLevel: 'error',
    });
    const [output] = Object.values(result.metafile.outputs);
    const packages = output.imports.filter(({ external, path }) => external && !path.startsWith('node:')).map(({ path }) => path);
    return { code: result.outputFiles[0].text, packages: [...new Set(packages)].sort() };
  } catch {
    return undefined;
  }
}

module.exports = { startBuild };
