const { dirname } = require('node:path');
const { compileFunction } = require('node:vm');

const parameters = ['exports', 'require', 'module', '__filename', '__dirname'];

/**
 * Runs a CommonJS bundle as if it were the file `filename`.
 * @param {string} code
 * @param {string} filename
 * @param {NodeJS.Require} require what the bundle's `require` is
 * @param {Buffer} [cachedData] what `compile` gave for the same code; V8 checks it and compiles anew when it does not fit
 */
function evaluate(code, filename, require, cachedData) {
  const module = { exports: {} };
  const run = compileFunction(code, parameters, { filename, cachedData });
  run(module.exports, require, module, filename, dirname(filename));
  return module.exports;
}

/** Compiles a bundle once and returns what V8 needs to skip that the next time. */
function compile(code, filename) {
  return compileFunction(code, parameters, { filename, produceCachedData: true }).cachedData;
}

module.exports = { compile, evaluate };
