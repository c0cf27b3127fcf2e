import { compileFunction } from 'node:vm';
import { dirname } from 'node:path';

/** Runs a CommonJS bundle as if it were the file `filename`. */
export function evaluate(code, filename, require) {
  const module = { exports: {} };
  const run = compileFunction(code, ['exports', 'require', 'module', '__filename', '__dirname'], { filename });
  run(module.exports, require, module, filename, dirname(filename));
  return module.exports;
}
