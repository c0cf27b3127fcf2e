import { runProgram } from '../common/command-line';
import { Refusal } from '../common/refusal';
import { plannedStack } from '../state/commands/planned';
import { NOTHING, requireJudged } from '../state/guard';
import { readHost } from '../state/host';
import { openSite, STACKS, type StackName } from '../state/site';

const HELP = `Plans both stacks of a rebuilt house and says whether Terraform agrees with what is on the host.

  node --import tsx recovery/agree.ts

Refused is whatever the judge refuses, among it a plan that would make a guest whose disk or configuration is there.
It changes nothing. Exit codes: 0 they agree, 1 they do not (reasons printed), 2 wrong usage.`;

/** Whether the judge would let the plan of a stack pass; says why not. */
async function agrees(stack: StackName): Promise<boolean> {
  const plan = await plannedStack(process.cwd(), stack, false);
  const site = openSite(process.cwd(), 'real');
  try {
    requireJudged(site, { stack, plan, host: readHost(site), permission: NOTHING });
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(`agree: ${error.message}`);
    return false;
  }
}

async function main(args: readonly string[]): Promise<number> {
  if (args.length > 0) {
    console[args[0] === '--help' ? 'log' : 'error'](HELP);
    return args[0] === '--help' ? 0 : 2;
  }
  const agreed: boolean[] = [];
  for (const stack of STACKS) agreed.push(await agrees(stack));
  return agreed.every(Boolean) ? 0 : 1;
}

runProgram('agree', () => main(process.argv.slice(2)));
