import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { parse } from 'yaml';
import { nodeParts } from '../node/load-node';
import { Refusal } from '../../common/refusal';
import { readPermissions } from '../../review/permission';
import { isRelative } from './relative';
import type { Scenario } from './scenario';

/** Names of the scenarios that come with the project. */
export const scenarioNames = (): string[] =>
  readdirSync(__dirname)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();

/**
 * Reads a scenario.
 *
 * @param nameOrPath - Name of one that comes with the project, or path of a YAML file.
 * @throws Refusal with everything that is wrong with it.
 */
export function loadScenario(nameOrPath: string): Scenario {
  const own = resolve(__dirname, `${nameOrPath}.yaml`);
  const path = scenarioNames().includes(nameOrPath) ? own : resolve(nameOrPath);
  if (!existsSync(path)) {
    throw new Refusal(
      `there is no scenario '${nameOrPath}'`,
      `give the path of a YAML file, or one of: ${scenarioNames().join(', ')}`
    );
  }
  return readScenario(readFileSync(path, 'utf8'), nameOrPath);
}

/**
 * Reads the text of a scenario.
 *
 * @throws Refusal with everything that is wrong with it.
 */
export function readScenario(text: string, name: string): Scenario {
  let scenario: Scenario;
  try {
    scenario = parse(text) as Scenario;
  } catch (error) {
    throw new Refusal(`the scenario ${name} is not YAML: ${(error as Error).message}`, 'see docs/rehearsal.md');
  }
  const problems = problemsOf(scenario);
  if (problems.length > 0) {
    throw new Refusal(`the scenario ${name} cannot be used\n  - ${problems.join('\n  - ')}`, 'see docs/rehearsal.md');
  }
  return scenario;
}

const ENDINGS = ['done', 'refused', 'failed', 'killed'];
const OUTCOMES = ['created', 'changed', 'replaced', 'destroyed', 'restarted'];
const EXPECTATION = ['ends', 'stack', 'rule', 'refused', 'says', ...OUTCOMES];
const STEPS: Readonly<Record<string, readonly string[]>> = {
  up: ['killAfterGuests', 'import', 'allow', 'reboots', 'expect'],
  byHand: ['stop', 'remove', 'setMemoryMiB', 'renewDownloadsMiB', 'clearDisk', 'repair', 'grant'],
  down: ['expect'],
};

function problemsOf(scenario: unknown): string[] {
  if (!isObject(scenario)) return ['it must be a mapping with title, why and journey'];
  const problems = unknownKeys(scenario, ['title', 'why', 'node', 'poolRoom', 'failsAtGuest', 'stranger', 'revoke', 'journey'], 'the scenario');
  for (const key of ['title', 'why']) {
    if (typeof scenario[key] !== 'string') problems.push(`'${key}' must be a text`);
  }
  problems.push(...unknownKeys(scenario.node ?? {}, nodeParts(), "'node'"));
  problems.push(...relativeProblems({ poolRoom: scenario.poolRoom, 'failsAtGuest.nth': within(scenario.failsAtGuest, 'nth') }, 'the scenario'));
  if (!Array.isArray(scenario.journey) || scenario.journey.length === 0) problems.push("'journey' must be a list of steps");
  else problems.push(...scenario.journey.flatMap((step, index) => stepProblems(step, `step ${index + 1}`)));
  return problems;
}

function stepProblems(step: unknown, where: string): string[] {
  const kinds = isObject(step) ? Object.keys(step) : [];
  const [kind] = kinds;
  if (!isObject(step) || kinds.length !== 1 || !(kind in STEPS)) {
    return [`${where} must be one of ${Object.keys(STEPS).join(', ')}; got '${kinds.join(', ')}'`];
  }
  const content = step[kind] ?? {};
  const problems = unknownKeys(content, STEPS[kind], `${where} (${kind})`);
  const { expect, allow } = isObject(content) ? content : {};
  problems.push(...allowProblems(allow, where));
  const amounts = { killAfterGuests: within(content, 'killAfterGuests'), reboots: within(content, 'reboots'), 'setMemoryMiB.memoryMiB': within(within(content, 'setMemoryMiB'), 'memoryMiB') };
  problems.push(...relativeProblems(amounts, where));
  if (expect === undefined) return problems;
  problems.push(...unknownKeys(expect, EXPECTATION, `'expect' of ${where}`));
  const ends = isObject(expect) ? expect.ends : undefined;
  if (ends !== undefined && !ENDINGS.includes(ends as string)) {
    problems.push(`'ends' of ${where} must be one of ${ENDINGS.join(', ')}; got '${String(ends)}'`);
  }
  return problems;
}

function allowProblems(allow: unknown, where: string): string[] {
  if (allow === undefined) return [];
  if (!Array.isArray(allow)) return [`'allow' of ${where} must be a list of RULE:VMID or RULE:ADDRESS`];
  try {
    readPermissions(allow.map(String));
    return [];
  } catch (error) {
    return [`${where}: ${(error as Refusal).message}`];
  }
}

const within = (value: unknown, key: string): unknown => (isObject(value) ? value[key] : undefined);

const relativeProblems = (amounts: Readonly<Record<string, unknown>>, where: string): string[] =>
  Object.entries(amounts)
    .filter(([, value]) => value !== undefined && !isRelative(value))
    .map(([key, value]) => `'${key}' of ${where} must be a whole number, or relative to the definition like 50% or +64; got '${String(value)}'`);

function unknownKeys(value: unknown, known: readonly string[], where: string): string[] {
  if (!isObject(value)) return [`${where} must be a mapping`];
  return Object.keys(value)
    .filter((key) => !known.includes(key))
    .map((key) => `${where} has an unknown key '${key}'; known are ${known.join(', ')}`);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
