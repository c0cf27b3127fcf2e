import type { Verb } from '../../common/verb';
import { Refusal } from '../../common/refusal';
import { describeLock } from '../lock';
import { STACKS } from '../site';
import { openRemote, say, stackNamed } from './common';

/** `lock`: who is at work. */
export const lock: Verb = {
  words: '[STACK]',
  summary: 'says who holds the lock on a state, since when, and what to type',
  async run(root, { words: [word] }) {
    for (const stack of word ? [stackNamed(word)] : STACKS) {
      const { remote } = await openRemote(root, stack);
      const held = await remote.lock();
      say(held ? describeLock(stack, held) : `the state of '${stack}' is free`);
    }
    return 0;
  },
};

/** `unlock`: for a lock whose holder died. */
export const unlock: Verb = {
  words: 'STACK LOCK_ID',
  summary: 'releases a lock whose holder died; another id than that of the lock is refused',
  async run(root, { words: [word, id] }) {
    const stack = stackNamed(word);
    const { remote } = await openRemote(root, stack);
    const held = await remote.lock();
    if (!held) {
      say(`the state of '${stack}' is free already`);
      return 0;
    }
    if (held.id !== id) throw new Refusal(`the lock on '${stack}' has the id ${held.id}, got '${id ?? ''}'; nothing was released.\n${describeLock(stack, held)}`);
    await remote.unlock(id);
    say(`released: the state of '${stack}' is free`);
    return 0;
  },
};
