import type { Guest } from '../../care/manifest';
import type { Steps } from '../../care/update/steps';
import { goBack, updateAll } from '../../care/update/update';
import { neededFirst, update } from '../../care/update/verb';

const guest = (name: string, needs: readonly string[] = []): Guest => ({ name, vmId: 100, address: '127.0.0.1', needs, health: { kind: 'tcp', port: 1 } });
const YES = { dryRun: false, yes: true, unchecked: false };

/** Steps that only note that they were taken; `bad` ones fail. */
function steps(bad: Partial<Record<keyof Steps, boolean>> = {}): Steps & { readonly taken: string[] } {
  const taken: string[] = [];
  const step = (name: keyof Steps) => ({ name: of }: Guest): Promise<number> => {
    taken.push(`${name} ${of}`);
    return Promise.resolve(bad[name] ? 1 : 0);
  };
  return {
    taken,
    plan: ({ name }) => `keeps ${name}`,
    look: step('look'), begin: step('begin'), play: step('play'), undo: step('undo'), done: step('done'),
    isWell: async (of) => (await step('isWell')(of)) === 0,
  };
}

let said: string[];
beforeEach(() => {
  said = [];
  for (const stream of ['log', 'error'] as const) jest.spyOn(console, stream).mockImplementation((...words: unknown[]) => void said.push(words.join(' ')));
});
afterEach(() => jest.restoreAllMocks());

test('looks, keeps the way back, plays, asks, and ends', async () => {
  const house = steps();
  expect(await updateAll([guest('n8n')], house, YES)).toBe(0);
  expect(house.taken).toEqual(['look n8n', 'begin n8n', 'play n8n', 'isWell n8n', 'done n8n']);
});

test('--dry-run looks and goes no further', async () => {
  const house = steps();
  expect(await updateAll([guest('n8n'), guest('gitea')], house, { ...YES, dryRun: true })).toBe(0);
  expect(house.taken).toEqual(['look n8n', 'look gitea']);
});

test('what its own play refuses, as another major version of a database, is not even dumped', async () => {
  const house = steps({ look: true });
  expect(await updateAll([guest('postgresql')], house, YES)).toBe(1);
  expect(house.taken).toEqual(['look postgresql']);
  expect(said.join('\n')).toContain('postgresql is refused by its own play, see above; nothing was changed');
});

test('without a way back nothing is played', async () => {
  const house = steps({ begin: true });
  expect(await updateAll([guest('n8n')], house, YES)).toBe(1);
  expect(house.taken).toEqual(['look n8n', 'begin n8n']);
});

test.each([
  ['a play that fails', { play: true } as const, /was not played to its end \(ansible-playbook ended with 1\); going back to before, data included/, ['play n8n', 'undo n8n', 'isWell n8n']],
  ['a service that is not well', { isWell: true } as const, /n8n is not well; going back to before, data included/, ['play n8n', 'isWell n8n', 'undo n8n', 'isWell n8n']],
])('%s goes back to before, and says so; those after it are not tried', async (_what, bad, sentence, taken) => {
  const house = steps(bad);
  expect(await updateAll([guest('n8n'), guest('gitea')], house, YES)).toBe(1);
  expect(house.taken.slice(2)).toEqual(taken);
  expect(said.join('\n')).toMatch(sentence);
  expect(said.join('\n')).toContain('update: not tried: gitea');
});

test('a way back that is cut off names the command that goes on', async () => {
  expect(await goBack(guest('n8n'), steps({ undo: true }))).toBe(false);
  expect(said.join('\n')).toContain('n8n is NOT back yet; the same again goes on where it stopped: ./house update n8n --undo');
});

test('without a terminal nobody can say yes, and nothing is begun', async () => {
  Object.defineProperty(process.stdin, 'isTTY', { value: false, configurable: true });
  const house = steps();
  await expect(updateAll([guest('n8n')], house, { ...YES, yes: false })).rejects.toThrow('nobody is there to say yes');
  expect(house.taken).toEqual(['look n8n']);
});

test('a service comes after those that it needs', () => {
  const guests = [guest('n8n', ['postgresql']), guest('jenkins', ['gitea']), guest('postgresql'), guest('gitea', ['postgresql'])];
  expect(neededFirst(guests).map(({ name }) => name)).toEqual(['postgresql', 'n8n', 'gitea', 'jenkins']);
});

test.each([[[]], [['n8n', 'gitea']]])('--undo takes the name of one service, not %j', async (words) => {
  await expect(update.run('/nowhere', { words, options: { undo: true } })).rejects.toThrow('takes the name of one service');
});
