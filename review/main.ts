import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Refusal } from '../common/refusal';
import { judge } from './judge';
import { parseGuestList } from './guest-list';
import { parsePlan } from './plan-json';
import { objectionText } from './objection';

const HELP = `Judges a Terraform plan against the guests of a Proxmox node, before it is applied.

  npm run guard -- --plan PLAN.json --guests GUESTS.json [--reboots N] [--allow ADDRESS]...

  --plan FILE       output of: terraform show -json PLANFILE
  --guests FILE     output of: pvesh get /cluster/resources --type vm --output-format json   (- reads it from stdin)
  --reboots N       how many running guests may be restarted (default 0)
  --allow ADDRESS   let the changes of one resource pass; repeat it for more
  --help            this text

It refuses to destroy or replace a guest, to take over a guest that is not in the state, to shrink a disk, to remove
a storage, and to restart more guests than announced. It reads two files and changes nothing.
Exit code: 0 the plan may be applied, 1 refused, 2 the input cannot be used.`;

/**
 * Runs the guard.
 *
 * @param args - Arguments after the program's name.
 * @returns The exit code.
 */
export function runGuard(args: readonly string[]): number {
  try {
    return judgeFiles(args);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(`guard: ${error.message}`);
    return 2;
  }
}

function judgeFiles(args: readonly string[]): number {
  const options = readOptions(args);
  if (options.help) {
    console.log(HELP);
    return 0;
  }
  if (options.plan === undefined || options.guests === undefined) {
    throw new Refusal('--plan and --guests are both needed', 'see --help');
  }
  const verdict = judge({
    plan: parsePlan(readInput(options.plan)),
    guests: parseGuestList(readInput(options.guests)),
    allow: options.allow ?? [],
    reboots: wholeNumber(options.reboots ?? '0'),
  });
  for (const address of verdict.unused) console.error(`guard: --allow '${address}' matches no change of this plan`);
  for (const [address, causes] of verdict.reboots) console.log(`will restart ${address}: ${causes.join(', ')}`);
  if (verdict.refusals.length === 0) {
    console.log('guard: the plan may be applied');
    return 0;
  }
  console.error(`guard: refused\n\n  ${verdict.refusals.map(objectionText).join('\n\n  ')}`);
  return 1;
}

interface Options {
  readonly plan?: string;
  readonly guests?: string;
  readonly reboots?: string;
  readonly allow?: string[];
  readonly help?: boolean;
}

function readOptions(args: readonly string[]): Options {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        plan: { type: 'string' },
        guests: { type: 'string' },
        reboots: { type: 'string' },
        allow: { type: 'string', multiple: true },
        help: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    throw new Refusal((error as Error).message, 'see --help');
  }
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new Refusal(`--reboots must be a whole number, got '${text}'`, 'see --help');
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
