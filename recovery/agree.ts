import { runProgram } from '../common/command-line';
import { Refusal } from '../common/refusal';
import { explain, openHouse } from '../state/commands/house';
import { NOTHING, requireJudged } from '../state/guard';
import { readHost } from '../state/host';
import { withPlan } from '../state/plan';
import { STACKS } from '../state/site';
import { disagreements, type PlannedChanges } from './agreement';

const HELP = `Plans both stacks of a rebuilt house and says whether Terraform agrees with what is on the host.

  node --import tsx recovery/agree.ts

Refused is a plan that would make a guest whose disk or configuration is there already, and whatever the guard refuses.
It changes nothing. Exit codes: 0 they agree, 1 they do not (reasons printed), 2 wrong usage.`;

async function main(args: readonly string[]): Promise<number> {
  if (args.length > 0) {
    console[args[0] === '--help' ? 'log' : 'error'](HELP);
    return args[0] === '--help' ? 0 : 2;
  }
  let agreed = true;
  for (const stack of STACKS) {
    const house = await openHouse(process.cwd(), stack);
    const planned = await withPlan(house.site, house.options, async ({ run, content }) => {
      const host = readHost(house.site);
      const reasons = disagreements(stack, content as unknown as PlannedChanges, { guests: host.guests.map(({ vmid }) => vmid), disks: host.disks });
      for (const reason of reasons) console.error(`agree: ${reason}`);
      agreed &&= reasons.length === 0;
      if (agreed) requireJudged(content, host, NOTHING);
      return run;
    });
    if (planned.code !== 0) {
      explain(house, planned);
      throw new Refusal(`stack '${stack}' cannot be planned`);
    }
  }
  return agreed ? 0 : 1;
}

runProgram('agree', () => main(process.argv.slice(2)));
