import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { determineHitLimitReached, DryRunStatus, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner';

const require = createRequire(import.meta.url);
const { transformSync } = require('esbuild');
const circus = require('jest-circus');
const { jestExpect } = require('@jest/expect');
const { fn, spyOn } = require('jest-mock');

/** What the instrumented files look at. */
const mutants = (globalThis.__stryker__ ??= {});

// Only Stryker's own limit ends a test: on a busy machine a shorter one would kill what lives.
const TIMEOUT = Symbol.for('TEST_TIMEOUT_SYMBOL');
const setTimeout = () => (globalThis[TIMEOUT] = 24 * 3600 * 1000);
const { afterAll, afterEach, beforeAll, beforeEach, describe, it, test } = circus;
Object.assign(globalThis, { afterAll, afterEach, beforeAll, beforeEach, describe, it, test, expect: jestExpect, jest: { fn, spyOn, setTimeout } });
setTimeout();

const compiled = new Map();

/** TypeScript as the house's own transform makes it, once for a process. */
require.extensions['.ts'] = (module, path) => {
  if (!compiled.has(path)) compiled.set(path, transformSync(readFileSync(path, 'utf8'), { loader: 'ts', format: 'cjs', target: 'node20', sourcefile: path }).code);
  module._compile(compiled.get(path), path);
};

/** Has files loaded anew: those of tests tell circus their tests again, and the others compute what they compute at load. */
function forget(isOld) {
  const root = process.cwd() + sep;
  for (const path of Object.keys(require.cache)) if (path.startsWith(root) && path.endsWith('.ts') && isOld(path)) delete require.cache[path];
}
const isAny = () => true;
const isTest = (path) => path.includes(`${sep}__tests__${sep}`);

const testsIn = (block) => block.children.flatMap((child) => (child.type === 'test' ? [child] : testsIn(child)));
const nameOf = ({ name, parent }) => (parent?.parent ? `${nameOf(parent)} ${name}` : name);

/** Runs Jest's tests in the process that holds the mutants: Jest itself takes seconds to begin, for each mutant. */
class HouseRunner {
  static inject = tokens(commonTokens.options);
  #files;
  #without;
  #isSpoilt = false;

  constructor({ house }) {
    this.#files = house.tests;
    this.#without = house.without.map((words) => new RegExp(words));
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun() {
    mutants.mutantCoverage = { static: {}, perTest: {} };
    const tests = await this.#run(this.#files, () => true, (id) => (mutants.currentTestId = id));
    mutants.currentTestId = undefined;
    return { status: DryRunStatus.Complete, tests, mutantCoverage: mutants.mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, hitLimit, disableBail, mutantActivation }) {
    // A mutant in what is computed at load must be met there, and leaves nothing of it to the next.
    if (mutantActivation === 'static' || this.#isSpoilt) forget(isAny);
    this.#isSpoilt = mutantActivation === 'static';
    mutants.activeMutant = activeMutant.id;
    mutants.hitLimit = hitLimit;
    mutants.hitCount = hitLimit ? 0 : undefined;
    const chosen = testFilter ? new Set(testFilter) : undefined;
    const files = chosen ? this.#files.filter((file) => testFilter.some((id) => id.startsWith(`${file}: `))) : this.#files;
    try {
      const tests = await this.#run(files, (id) => !chosen || chosen.has(id), undefined, true);
      return determineHitLimitReached(mutants.hitCount, hitLimit) ?? toMutantRunResult({ status: DryRunStatus.Complete, tests }, disableBail);
    } catch (error) {
      return determineHitLimitReached(mutants.hitCount, hitLimit) ?? toMutantRunResult({ status: DryRunStatus.Error, errorMessage: String(error?.stack ?? error) }, disableBail);
    } finally {
      mutants.activeMutant = undefined;
    }
  }

  async #run(files, isChosen, begin, isBailing = false) {
    const results = [];
    for (const file of files) {
      forget(isTest);
      circus.resetState();
      if (begin) begin(undefined);
      require(resolve(file));
      const found = new Map(testsIn(circus.getState().rootDescribeBlock).map((each) => [each, `${file}: ${nameOf(each)}`]));
      for (const [each, id] of found) if (!isChosen(id) || this.#without.some((words) => words.test(id))) each.mode = 'skip';
      const onEvent = ({ name, test: each }) => {
        if (name === 'test_start') begin?.(found.get(each));
        if (name !== 'test_done') return;
        const failed = each.errors.length > 0;
        results.push({ id: found.get(each), name: found.get(each), fileName: resolve(file), timeSpentMs: each.duration ?? 0, status: failed ? TestStatus.Failed : TestStatus.Success, ...(failed && { failureMessage: String(each.errors[0][0]?.message ?? each.errors[0]) }) });
        if (failed && isBailing) for (const other of found.keys()) other.mode = 'skip';
      };
      circus.addEventHandler(onEvent);
      const { unhandledErrors } = await circus.run();
      circus.removeEventHandler(onEvent);
      if (unhandledErrors.length > 0) throw new Error(`${file}: ${unhandledErrors[0]}`);
      if (isBailing && results.some(({ status }) => status === TestStatus.Failed)) break;
    }
    return results;
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'house', HouseRunner)];
