import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../common/refusal';
import { planChange } from '../rehearsal/flow/change-plan';
import { House } from '../rehearsal/flow/house';
import { rehearse } from '../rehearsal/flow/rehearsal';
import { readStacks, withoutAdopted } from '../rehearsal/flow/stack';
import { findTool, type InstalledTool } from '../rehearsal/flow/tool';
import { diskList, guestList } from '../rehearsal/node/guest-list';
import { readMachine, type Machine } from '../rehearsal/node/machine';
import { keptIn } from '../review/kept';
import type { Version } from './checkout';
import { judgePlan } from './judge-plan';
import type { Planned } from './planned';

/** Plans a version on a rehearsal of its base; the applied base is kept beside it for the next time. */
export async function planRehearsed(base: Version, head: Version): Promise<Planned> {
  const tool = findTool(process.env);
  const machine = readMachine(join(head.output, 'stacks'));
  // A base from before machines were emitted is rehearsed on the machine of today.
  const before = existsSync(join(base.output, 'machine.json')) ? readMachine(join(base.output, 'stacks')) : machine;
  const house = await appliedBase(base, tool, before);
  const stacks = withoutAdopted(readStacks(join(head.output, 'stacks')));
  const { plans, node } = await planChange({ tool, stacks, machine, house });
  const host = { guests: guestList(node), disks: diskList(node) };
  return { kind: 'rehearsed', plans, findings: plans.flatMap(({ plan, stack }, index) => judgePlan({ plan, host, stack, kept: keptIn(stacks[index]!.config) })) };
}

async function appliedBase({ name, output, kept }: Version, tool: InstalledTool, machine: Machine): Promise<House> {
  const folder = join(kept, 'house');
  if (!existsSync(folder)) {
    const fresh = `${folder}.${process.pid}`;
    const scenario = { title: 'The base', why: '', journey: [{ up: {} }] };
    const silent = (): void => undefined;
    try {
      const { unmet } = await rehearse({ tool, machine, stacks: withoutAdopted(readStacks(join(output, 'stacks'))), scenario, house: new House(fresh), progress: silent, say: silent });
      if (unmet.length > 0) throw new Refusal(`${name} does not come up in the rehearsal: ${unmet.join('; ')}`, 'see: make rehearse, at that commit');
      renameSync(fresh, folder);
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  }
  return new House(folder);
}
