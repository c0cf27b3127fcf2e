import { parseArgs } from 'node:util';
import { capacityLine } from './flow/capacity';
import { House } from './flow/house';
import { Interrupted, rehearse, type RehearsalOptions } from './flow/rehearsal';
import { journeyTable } from './flow/report';
import { readStacks } from './flow/stack';
import { seconds } from './flow/table';
import { findTool } from './flow/tool';
import { Refusal } from '../common/refusal';
import { objectionText } from '../review/objection';
import { readPermissions } from '../review/permission';
import { readMachine } from './node/machine';
import { loadScenario, scenarioNames } from './scenarios/load-scenario';
import type { Scenario } from './scenarios/scenario';

const HELP = `Rehearses synthesized stacks with the real Terraform or OpenTofu against stand-in providers: no network, no
hardware, no credentials. The stacks are copied; nothing of yours is changed.

  npm run rehearse -- [options]

  --scenario NAME|FILE  what to rehearse; repeat it for more (default blank-host)
  --all                 every scenario that comes with the project
  --stack-dir FOLDER    the stacks (default cdktf.out/stacks)
  --house FOLDER        rehearse a change on top of a house kept there, and keep the result when everything held
  --allow RULE:VMID     with --house: let one rule of the guard pass for one guest; repeat it for more
  --reboots N           with --house: how many guests may be restarted (default 0)
  --provider KIND       stand-in (default) or real; the environment variable PROVIDER says the same
  --keep                keep the folder the tool ran in, and print its path
  --list                list the scenarios
  --help                this text

TERRAFORM_BINARY_NAME names the tool; else terraform or tofu is taken from PATH.
Exit code: 0 everything held, 1 something did not, 2 the input cannot be used, 130 interrupted.`;

/**
 * Runs the rehearsal.
 *
 * @param args - Arguments after the program's name.
 * @param signal - Aborted when the user interrupts.
 * @returns The exit code.
 */
export async function runRehearsal(args: readonly string[], signal: AbortSignal): Promise<number> {
  try {
    return await rehearseAll(readOptions(args), signal);
  } catch (error) {
    if (error instanceof Interrupted) {
      console.error('rehearsal: interrupted; everything it started has ended');
      return 130;
    }
    if (!(error instanceof Refusal)) throw error;
    console.error(`rehearsal: ${error.message}`);
    return 2;
  }
}

async function rehearseAll(options: Options, signal: AbortSignal): Promise<number> {
  if (options.help) return print(HELP);
  if (options.list) return print(scenarioNames().map((name) => `${name.padEnd(24)}${loadScenario(name).title}`).join('\n'));
  demandStandIn(options.provider ?? process.env.PROVIDER ?? 'stand-in');
  const scenarios = chosenScenarios(options);
  const tool = findTool(process.env);
  const folder = options['stack-dir'] ?? 'cdktf.out/stacks';
  const stacks = readStacks(folder);
  const machine = readMachine(folder);
  const house = options.house === undefined ? undefined : new House(options.house);
  console.log(`${tool.tool} ${tool.version}, stacks ${stacks.map((stack) => stack.name).join(', ')} on ${machine.name}`);
  let held = true;
  for (const scenario of scenarios) {
    held = (await rehearseOne({ tool, stacks, machine, scenario, house, keepFolder: options.keep, signal, progress, say })) && held;
  }
  return held ? 0 : 1;
}

const print = (text: string): number => {
  console.log(text);
  return 0;
};

const progress: RehearsalOptions['progress'] = (stack, phase, millis) =>
  console.log(`  ${stack.name.padEnd(14)}${phase.padEnd(10)}${seconds(millis)}`);

const say = (text: string): void => console.log(`  ${text}`);

async function rehearseOne(options: RehearsalOptions): Promise<boolean> {
  console.log(`\n${options.scenario.title}`);
  const result = await rehearse(options);
  console.log(`\n${journeyTable(result.records).join('\n')}\n`);
  const refusals = result.records.flatMap((record) => record.stacks.flatMap((outcome) => outcome.refusals));
  if (refusals.length > 0) console.log(`The guard refused:\n  ${refusals.map(objectionText).join('\n  ')}\n`);
  console.log(`At its fullest: ${capacityLine(result.node, result.capacity)}.`);
  const { playbookCalls: calls, handedOver } = result;
  console.log(`Ansible would have run ${calls.length} times, ${new Set(calls).size} playbooks; ${handedOver} files handed over, in memory.`);
  if (result.folder) console.log(`Kept: ${result.folder}`);
  for (const text of result.unmet) console.error(`not as expected: ${text}`);
  console.log(`${result.unmet.length === 0 ? 'Everything held' : 'Not everything held'}, in ${seconds(result.millis)}.`);
  return result.unmet.length === 0;
}

function demandStandIn(provider: string): void {
  if (provider === 'stand-in') return;
  if (provider === 'real') {
    throw new Refusal(
      'rehearsing with the real bpg/proxmox is not there yet: it needs an emulated API of Proxmox VE to talk to',
      'leave PROVIDER=real out to rehearse with the stand-in'
    );
  }
  throw new Refusal(`--provider must be stand-in or real, got '${provider}'`, 'see --help');
}

function chosenScenarios(options: Options): Scenario[] {
  if (options.house !== undefined) {
    if (options.scenario || options.all) throw new Refusal('--house rehearses one change, no scenario', 'see --help');
    const [allow, reboots] = [options.allow ?? [], wholeNumber(options.reboots ?? '0')];
    readPermissions(allow);
    return [{ title: 'The change on top of the kept house', why: '', journey: [{ up: { allow, reboots } }] }];
  }
  if (options.allow || options.reboots) throw new Refusal('--allow and --reboots go with --house', 'see --help');
  const names = options.all ? scenarioNames() : (options.scenario ?? ['blank-host']);
  return names.map(loadScenario);
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new Refusal(`a whole number is wanted, got '${text}'`, 'see --help');
  return Number(text);
}

const OPTIONS = {
  scenario: { type: 'string', multiple: true },
  all: { type: 'boolean' },
  'stack-dir': { type: 'string' },
  house: { type: 'string' },
  allow: { type: 'string', multiple: true },
  reboots: { type: 'string' },
  provider: { type: 'string' },
  keep: { type: 'boolean' },
  list: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

type Options = ReturnType<typeof parseArgs<{ options: typeof OPTIONS; }>>['values'];

function readOptions(args: readonly string[]): Options {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new Refusal((error as Error).message, 'see --help');
  }
}

if (require.main === module) {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  void runRehearsal(process.argv.slice(2), stop.signal).then((code) => {
    process.exitCode = code;
  });
}
