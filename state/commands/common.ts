import { WrongUsage } from '../../common/refusal';
import { Access } from '../access';
import { requireNoMove } from '../move/under-way';
import { RemoteState } from '../remote';
import { openSite, STACKS, type Site, type StackName } from '../site';

/** Tells the owner something. */
export function say(line: string): void {
  console.log(`state: ${line}`);
}

/** Tells the owner something beside what a program reads from standard output. */
export function sayAside(line: string): void {
  console.error(`state: ${line}`);
}

/** The stack that a word names. @throws WrongUsage naming those that there are */
export function stackNamed(word: string | undefined): StackName {
  const stack = STACKS.find((name) => name === word);
  if (!stack) throw new WrongUsage(`name a stack, ${STACKS.join(' or ')}; got '${word ?? ''}'`);
  return stack;
}

/** The real state of a stack, and the site it belongs to. */
export async function openRemote(root: string, stack: StackName): Promise<{ readonly site: Site; readonly access: Access; readonly remote: RemoteState }> {
  const site = openSite(root, 'real');
  requireNoMove(site);
  const access = new Access(site);
  return { site, access, remote: await RemoteState.open(site, stack, access.store(access.key())) };
}
