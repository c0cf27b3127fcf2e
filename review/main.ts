import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Refusal } from '../common/refusal';
import { LIST_DISKS, LIST_GUESTS, parseDiskList, parseGuestList } from './host';
import { judge, type Question } from './judge';
import { parsePlan } from './parse-plan';
import { readPermissions } from './permission';
import { refusalText, toldLines } from './report';
import { RULES } from './rules';

const HELP = `Judges a Terraform plan against what is on a Proxmox node, before it is applied.

  npm run guard -- --plan PLAN.json --guests GUESTS.json [options]

  --plan FILE         output of: terraform show -json PLANFILE   (- reads it from stdin)
  --guests FILE       output of: ${LIST_GUESTS}   (- reads it from stdin)
  --disks FILE        output of: ${LIST_DISKS}
  --reboots N         how many running guests may be restarted (default 0)
  --allow RULE:WHICH  let one rule pass for one resource, by its address or the guest's VMID; repeat it for more
  --state-guest VMID  the guest that keeps the state
  --stack NAME        the stack, for what to do instead
  --rules             list the rules
  --help              this text

Everything in the plan is judged, and what the judge does not know is refused. It reads files and changes nothing.
Exit code: 0 the plan may be applied, 1 refused, 2 the input cannot be used.`;

/**
 * Runs the judge on files.
 *
 * @param args - Arguments after the program's name.
 * @returns The exit code.
 */
export function runGuard(args: readonly string[]): number {
  try {
    return judgeFiles(readOptions(args));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(`guard: ${error.message}`);
    return 2;
  }
}

function judgeFiles(options: Options): number {
  if (options.help) return print(HELP);
  if (options.rules) return print(RULES.map(ruleLine).join('\n'));
  const verdict = judge(questionOf(options));
  for (const line of toldLines(verdict)) console.log(`guard: ${line}`);
  if (verdict.objections.length === 0) return print('guard: the plan may be applied');
  console.error(`guard: refused\n\n  ${refusalText(verdict)}`);
  return 1;
}

function questionOf(options: Options): Question {
  const { plan, guests, disks, stack, 'state-guest': stateGuest } = options;
  if (plan === undefined || guests === undefined) throw new Refusal('--plan and --guests are both needed', 'see --help');
  if ([plan, guests, disks].filter((path) => path === '-').length > 1) throw new Refusal('only one file can be read from stdin', 'see --help');
  return {
    permissions: readPermissions(options.allow ?? []),
    restarts: wholeNumber('--reboots', options.reboots ?? '0'),
    ...(stateGuest !== undefined && { stateVmid: wholeNumber('--state-guest', stateGuest) }),
    ...(stack !== undefined && { stack }),
    plan: parsePlan(readInput(plan)),
    host: { guests: parseGuestList(readInput(guests)), ...(disks !== undefined && { disks: parseDiskList(readInput(disks)) }) },
  };
}

function ruleLine(rule: (typeof RULES)[number]): string {
  const remark = rule.severity === 'told' ? 'is only told' : rule.allowable ? `--allow ${rule.name}:WHICH` : `cannot be allowed: ${rule.instead}`;
  return `${rule.name.padEnd(20)}${rule.severity.padEnd(9)}${remark}`;
}

const print = (text: string): number => {
  console.log(text);
  return 0;
};

const OPTIONS = {
  plan: { type: 'string' },
  guests: { type: 'string' },
  disks: { type: 'string' },
  reboots: { type: 'string' },
  allow: { type: 'string', multiple: true },
  'state-guest': { type: 'string' },
  stack: { type: 'string' },
  rules: { type: 'boolean' },
  help: { type: 'boolean' },
} as const;

type Options = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

function readOptions(args: readonly string[]): Options {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw new Refusal((error as Error).message, 'see --help');
  }
}

function wholeNumber(option: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Refusal(`${option} must be a whole number, got '${text}'`, 'see --help');
  return Number(text);
}

const STDIN = 0;

function readInput(path: string): string {
  try {
    return readFileSync(path === '-' ? STDIN : path, 'utf8');
  } catch (error) {
    throw new Refusal(`${path} cannot be read: ${(error as Error).message}`, 'give the path of an existing file');
  }
}

if (require.main === module) process.exitCode = runGuard(process.argv.slice(2));
