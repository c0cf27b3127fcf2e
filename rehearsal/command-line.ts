import { capacityLine } from './flow/capacity';
import { House } from './flow/house';
import { rehearse, type RehearsalOptions } from './flow/rehearsal';
import { journeyTable } from './flow/report';
import { readStacks, withoutAdopted } from './flow/stack';
import { seconds } from './flow/table';
import { findTool } from './flow/tool';
import { Interrupted } from '../common/prompt';
import { Refusal, WrongUsage } from '../common/refusal';
import { flag, list, listOf, textOf, value, wholeNumberOf, type Arguments, type CommandLine } from '../common/verb';
import { objectionText } from '../review/objection';
import { readPermissions } from '../review/permission';
import { readMachine } from './node/machine';
import { loadScenario, scenarioNames } from './scenarios/load-scenario';
import type { Scenario } from './scenarios/scenario';

const OPTIONS = {
  scenario: list('NAME|FILE', 'what to rehearse (default blank-host)'),
  all: flag('every scenario that comes with the project'),
  'stack-dir': value('FOLDER', 'the stacks (default cdktf.out/stacks)'),
  house: value('FOLDER', 'a change on top of a house kept there; the result is kept when everything held'),
  allow: list('RULE:VMID', 'with --house: lets one rule of the judge pass for one guest'),
  reboots: value('N', 'with --house: how many guests may be restarted (default 0)'),
  provider: value('KIND', 'stand-in (default) or real; the environment variable PROVIDER says the same'),
  keep: flag('keeps the folder the tool ran in, and prints its path'),
  list: flag('lists the scenarios'),
};

/** Stops what it started when the owner interrupts, and says so. */
async function runRehearsal(typed: Arguments): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop.abort());
  try {
    return await rehearseAll(typed, stop.signal);
  } catch (error) {
    if (error instanceof Interrupted) {
      console.error('rehearsal: interrupted; everything it started has ended');
      return 130;
    }
    if (!(error instanceof Refusal) || error instanceof WrongUsage) throw error;
    console.error(`rehearsal: ${error.message}`);
    return 2;
  }
}

async function rehearseAll(typed: Arguments, signal: AbortSignal): Promise<number> {
  const { options } = typed;
  if (options['list']) return print(scenarioNames().map((name) => `${name.padEnd(24)}${loadScenario(name).title}`).join('\n'));
  demandStandIn(textOf(typed, 'provider') ?? process.env.PROVIDER ?? 'stand-in');
  const scenarios = chosenScenarios(typed);
  const tool = findTool(process.env);
  const folder = textOf(typed, 'stack-dir') ?? 'cdktf.out/stacks';
  const stacks = withoutAdopted(readStacks(folder));
  const machine = readMachine(folder);
  const kept = textOf(typed, 'house');
  const house = kept === undefined ? undefined : new House(kept);
  console.log(`${tool.tool} ${tool.version}, stacks ${stacks.map((stack) => stack.name).join(', ')} on ${machine.name}`);
  let held = true;
  for (const scenario of scenarios) {
    held = (await rehearseOne({ tool, stacks, machine, scenario, house, keepFolder: options['keep'] === true, signal, progress, say })) && held;
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
  throw new WrongUsage(`--provider must be stand-in or real, got '${provider}'`);
}

function chosenScenarios(typed: Arguments): Scenario[] {
  const [named, allow, reboots, isAll] = [listOf(typed, 'scenario'), listOf(typed, 'allow'), wholeNumberOf(typed, 'reboots'), typed.options['all'] === true];
  if (textOf(typed, 'house') !== undefined) {
    if (named.length > 0 || isAll) throw new WrongUsage('--house rehearses one change, no scenario');
    readPermissions(allow);
    return [{ title: 'The change on top of the kept house', why: '', journey: [{ up: { allow, reboots: reboots ?? 0 } }] }];
  }
  if (allow.length > 0 || reboots !== undefined) throw new WrongUsage('--allow and --reboots go with --house');
  if (isAll) return scenarioNames().map(loadScenario);
  return (named.length > 0 ? named : ['blank-host']).map(loadScenario);
}

/** `./house rehearse`: the house with the real tool and stand-in providers. */
export const rehearsal: CommandLine = {
  name: 'rehearsal',
  typed: './house',
  verbs: {
    rehearse: {
      summary: 'rehearses the stacks with the real Terraform or OpenTofu against stand-in providers: no network, no hardware, no credentials',
      options: OPTIONS,
      examples: ['rehearse', 'rehearse --all', 'rehearse --house kept --reboots 1'],
      run: (_root, typed) => runRehearsal(typed),
    },
  },
  notes: `The stacks are copied; nothing of yours is changed. TERRAFORM_BINARY_NAME names the tool; else terraform or tofu is taken from PATH.
Exit codes: 0 everything held, 1 something did not, 2 the input cannot be used, 130 interrupted.`,
};
