import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { synthesize, type HomelabProps } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { emit } from '../../helpers/emitted';
import { smallHouse } from '../../helpers/small-house';

const { address } = smallHouse.services.find(({ name }) => name === 'garage')!;
const elsewhere = withService('garage', { address: '10.61.6.77' });
const declared: HomelabProps = { ...elsewhere, state: { ...elsewhere.state, formerly: { address } } };
const WAS = `https://${address}:3900`;

describe('G26: the address of the object store changes', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'moved-state-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  /** What synthesis says of the state after the house was synthesized as it was. */
  const notices = (lab: HomelabProps, options = {}) => {
    const outdir = join(folder, 'out');
    synthesize(smallHouse, { outdir });
    return synthesize(lab, { outdir, ...options }).notices.filter((notice) => /state/i.test(notice));
  };

  test('without a word: synthesis says where the state was read, and what to say', () => {
    expect(notices(elsewhere)).toEqual([`THE STATE WAS READ AT ${WAS}, bucket 'attic-plans' UNTIL NOW, and would be looked for at https://10.61.6.77:3900, bucket 'attic-plans': say 'state.formerly' and move it (docs/state/move.md)`]);
  });

  test('as declared: it names the command, at every synth', () => {
    const says = [`the state moves from ${WAS}, bucket 'attic-plans' to https://10.61.6.77:3900, bucket 'attic-plans': ./house state move (docs/state/move.md), then drop 'state.formerly'`];
    expect(notices(declared)).toEqual(says);
    expect(notices(declared)).toEqual(says);
  });

  test.each([
    ['is the same', smallHouse, {}],
    ['is a local file now', elsewhere, { state: 'local' as const }],
  ])('is silent when the place %s', (_why, lab, options) => {
    expect(notices(lab, options)).toEqual([]);
  });
});

test('where the state was is written for the tools that move it', () => {
  expect(JSON.parse(emit(declared).text('ansible/store.json'))).toEqual({ guest: 'garage', role: 'garage', copies: { pool: '/barn', folder: '/barn/archive/state' }, formerly: { endpoint: WAS, bucket: 'attic-plans' } });
  expect(JSON.parse(emit(smallHouse).text('ansible/store.json'))).not.toHaveProperty('formerly');
});
