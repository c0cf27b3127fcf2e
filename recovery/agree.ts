import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { Refusal } from '../common/refusal';
import { MissingTool } from '../tools/tool-path';
import { explain, openHouse, type HouseStack } from '../state/commands/house';
import { requireGuard } from '../state/guard';
import { sshToHost } from '../state/ssh';
import { STACKS } from '../state/site';
import { terraform } from '../state/terraform';
import { disagreements, type HostContents, type PlannedChanges } from './agreement';

const HELP = `Plans both stacks of a rebuilt house and says whether Terraform agrees with what is on the host.

  node --import tsx recovery/agree.ts

Refused is a plan that would make a guest whose disk or configuration is there already, and whatever the guard refuses.
It changes nothing. Exit codes: 0 they agree, 1 they do not (reasons printed), 2 wrong usage.`;

/** Plan of a stack as JSON; it holds clear text and stays in memory. */
async function plan(house: HouseStack): Promise<string> {
  const path = join(house.options.folder, 'agree.plan');
  try {
    const planned = await terraform(house.site, ['plan', '-no-color', '-var-file={}', `-out=${path}`], { ...house.options, show: true });
    if (planned.code !== 0) {
      explain(house, planned);
      throw new Refusal(`stack '${house.stack}' cannot be planned`);
    }
    const shown = await terraform(house.site, ['show', '-json', path], house.options);
    if (shown.code !== 0) throw new Refusal(`the plan of '${house.stack}' cannot be read: ${shown.stderr.trim()}`);
    return shown.stdout;
  } finally {
    rmSync(path, { force: true });
  }
}

function readHost({ site }: HouseStack): HostContents {
  const guests = JSON.parse(sshToHost(site, 'pvesh get /cluster/resources --type vm --output-format json').toString()) as { vmid: number }[];
  const disks = sshToHost(site, 'zfs list -H -o name -t filesystem,volume').toString().split('\n').filter(Boolean);
  return { guests: guests.map(({ vmid }) => vmid), disks };
}

async function main(args: readonly string[]): Promise<number> {
  if (args.length > 0) {
    console[args[0] === '--help' ? 'log' : 'error'](HELP);
    return args[0] === '--help' ? 0 : 2;
  }
  let agreed = true;
  for (const stack of STACKS) {
    const house = await openHouse(process.cwd(), stack);
    const text = await plan(house);
    const reasons = disagreements(stack, JSON.parse(text) as PlannedChanges, readHost(house));
    for (const reason of reasons) console.error(`agree: ${reason}`);
    agreed &&= reasons.length === 0;
    if (agreed) requireGuard(house.site, text);
  }
  return agreed ? 0 : 1;
}

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    if (!(error instanceof Refusal || error instanceof MissingTool)) throw error;
    console.error(`agree: ${error.message}`);
    process.exitCode = 1;
  },
);
