import { readFileSync } from 'node:fs';
import { Refusal, WrongUsage } from '../common/refusal';
import { flag, list, listOf, textOf, value, wholeNumberOf, type Arguments, type CommandLine } from '../common/verb';
import { LIST_DISKS, LIST_GUESTS, parseDiskList, parseGuestList } from './host';
import { judge, type Question } from './judge';
import { keptIn, type KeepingStack } from './kept';
import { parsePlan } from './parse-plan';
import { readPermissions } from './permission';
import { parseJson } from './plan-json';
import { refusalText, toldLines } from './report';
import { RULES } from './rules';

const OPTIONS = {
  plan: value('FILE', 'output of: terraform show -json PLANFILE   (- reads it from standard input)'),
  guests: value('FILE', `output of: ${LIST_GUESTS}   (- reads it from standard input)`),
  disks: value('FILE', `output of: ${LIST_DISKS}`),
  config: value('FILE', 'the stack itself, cdk.tf.json: what it keeps by prevent_destroy'),
  reboots: value('N', 'how many running guests may be restarted (default 0)'),
  allow: list('RULE:WHICH', "lets one rule pass for one resource, by its address or the guest's VMID"),
  'state-guest': value('VMID', 'the guest that keeps the state'),
  stack: value('NAME', 'the stack, for what to do instead'),
  rules: flag('lists the rules'),
};

/** Runs the judge on files; what cannot be used is 2, as wrong usage is: 1 means that the plan was refused. */
function judgeFiles(typed: Arguments): number {
  if (typed.options['rules']) return print(RULES.map(ruleLine).join('\n'));
  try {
    const verdict = judge(questionOf(typed));
    for (const line of toldLines(verdict)) console.log(`guard: ${line}`);
    if (verdict.objections.length === 0) return print('guard: the plan may be applied');
    console.error(`guard: refused\n\n  ${refusalText(verdict)}`);
    return 1;
  } catch (error) {
    if (!(error instanceof Refusal) || error instanceof WrongUsage) throw error;
    console.error(`guard: ${error.message}`);
    return 2;
  }
}

function questionOf(typed: Arguments): Question {
  const [plan, guests, disks, config, stack] = ['plan', 'guests', 'disks', 'config', 'stack'].map((name) => textOf(typed, name));
  const stateGuest = wholeNumberOf(typed, 'state-guest');
  if (plan === undefined || guests === undefined) throw new WrongUsage('--plan and --guests are both needed');
  if ([plan, guests, disks, config].filter((path) => path === '-').length > 1) throw new WrongUsage('only one file can be read from standard input');
  return {
    permissions: readPermissions(listOf(typed, 'allow')),
    restarts: wholeNumberOf(typed, 'reboots') ?? 0,
    ...(stateGuest !== undefined && { stateVmid: stateGuest }),
    ...(stack !== undefined && { stack }),
    ...(config !== undefined && { kept: keptIn(parseJson(readInput(config), 'the stack', 'give the path of its cdk.tf.json') as KeepingStack) }),
    plan: parsePlan(readInput(plan)),
    host: { guests: parseGuestList(readInput(guests)), ...(disks !== undefined && { disks: parseDiskList(readInput(disks)) }) },
  };
}

function ruleLine(rule: (typeof RULES)[number]): string {
  const remark = rule.severity === 'told' ? 'is only told' : rule.allowable ? `--allow ${rule.name}:WHICH` : `cannot be allowed: ${rule.instead}`;
  return `${rule.name.padEnd(23)}${rule.severity.padEnd(9)}${remark}`;
}

const print = (text: string): number => {
  console.log(text);
  return 0;
};

const STDIN = 0;

function readInput(path: string): string {
  try {
    return readFileSync(path === '-' ? STDIN : path, 'utf8');
  } catch (error) {
    throw new Refusal(`${path} cannot be read: ${(error as Error).message}`, 'give the path of an existing file');
  }
}

/** `./house guard`: the judge on files. */
export const review: CommandLine = {
  name: 'guard',
  typed: './house',
  verbs: {
    guard: {
      summary: 'judges a Terraform plan against what is on a Proxmox VE node, before it is applied',
      options: OPTIONS,
      examples: ['guard --rules', 'guard --plan plan.json --guests guests.json --reboots 1'],
      run: (_root, typed) => judgeFiles(typed),
    },
  },
  notes: `Everything in the plan is judged, and what the judge does not know is refused. It reads files and changes nothing.
Exit codes: 0 the plan may be applied, 1 refused, 2 the input cannot be used.`,
};
