// One TypeScript file to CommonJS with esbuild. Types are checked by `npm run build`, not here.
const { createHash } = require('node:crypto');
const { transformSync, version } = require('esbuild');

module.exports = {
  getCacheKey: (source, file) => createHash('sha256').update([version, file, source].join('\0')).digest('hex'),
  process: (source, file) => ({
    code: transformSync(source, { loader: 'ts', format: 'cjs', target: 'node20', sourcefile: file, sourcemap: 'inline' }).code,
  }),
};
