import { keptIn } from '../review/kept';
import { lookedAtStack } from '../state/commands/planned';
import { stateVmid } from '../state/guard';
import { readHost } from '../state/host';
import { openSite, readStack, STACKS } from '../state/site';
import { judgePlan } from './judge-plan';
import type { Planned } from './planned';

/**
 * Plans the synthesized stacks of a project against their real state, and has them judged by what is on the real host.
 * Nothing is changed.
 * @throws Refusal when a secret, the state or the host cannot be reached
 */
export async function planReal(root: string): Promise<Planned> {
  const site = openSite(root, 'real');
  const keeper = stateVmid(site);
  const looked = [];
  for (const stack of STACKS) looked.push({ stack, ...(await lookedAtStack(root, stack)) });
  const host = readHost(site);
  return {
    kind: 'real',
    plans: looked.map(({ stack, plan, text, prevented }) => ({ stack, plan, text: isEmpty(text) ? '' : text.trim(), refusedByTool: prevented.map((address) => `${address} must not be destroyed`) })),
    findings: looked.flatMap(({ plan, stack }) => judgePlan({ plan, host, stack, kept: keptIn(readStack(site, stack)), ...(keeper !== undefined && { stateVmid: keeper }) })),
  };
}

/** Whether a plan says in words that it does nothing. */
const isEmpty = (text: string): boolean => /^No changes\./m.test(text);
