import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { keepPresent, putBack, putLocal } from '../../state/put-back';
import type { RemoteState } from '../../state/remote';
import type { Site } from '../../state/site';
import { parseSnapshot } from '../../state/snapshot';

const OURS = '1b1b1b1b-0000-4000-8000-000000000000';
const THEIRS = '0a0a0a0a-0000-4000-8000-000000000000';
const text = (lineage: string, serial: number, ...names: string[]) => JSON.stringify({ version: 4, lineage, serial, outputs: {}, resources: names.map((name) => ({ name })) });

/** An object store that holds one state; what it does with a new one is up to the test. */
function storeWith(first: string, taken: (written: string) => string = (written) => written): RemoteState & { text: string; writes: string[] } {
  const take = (how: string, written: string) => {
    store.writes.push(`${how} ${String(parseSnapshot(written, how)?.serial)}`);
    store.text = taken(written);
  };
  const store = {
    stack: 'services',
    text: first,
    writes: [] as string[],
    pull: async () => store.text,
    read: async () => parseSnapshot(store.text, 'the store'),
    push: async (newer: string) => take('push', newer),
    create: async (content: string) => (store.text === '' ? (take('create', content), true) : false),
  };
  return store as unknown as RemoteState & { text: string; writes: string[] };
}

describe('putting a copy back', () => {
  test('where there is no state, byte for byte', async () => {
    const store = storeWith('');
    expect(await putBack(store, text(OURS, 7, 'n8n'), undefined)).toBe(`lineage ${OURS}, serial 7, 1 resource`);
    expect([store.text, store.writes]).toEqual([text(OURS, 7, 'n8n'), ['create 7']]);
  });

  test('a copy without a state changes nothing', async () => {
    const store = storeWith('');
    await expect(putBack(store, '', undefined)).rejects.toThrow('the copy holds no state; nothing was changed');
    expect(store.writes).toEqual([]);
  });

  test('somebody who was quicker is said, and keeps what he wrote', async () => {
    const store = { ...storeWith(''), create: async () => false } as unknown as RemoteState;
    await expect(putBack(store, text(OURS, 7), undefined)).rejects.toThrow('somebody has just written a state; nothing was changed, run again to see it');
  });

  test('the state that is there already is not written again', async () => {
    const store = storeWith(text(OURS, 7, 'n8n'));
    expect(await putBack(store, text(OURS, 7, 'n8n'), undefined)).toBe(`lineage ${OURS}, serial 7, 1 resource; it was that already`);
    expect(store.writes).toEqual([]);
  });

  test.each([undefined, '1b1b1b1b:8', '0a0a0a0a:9'])('over another state only when that one is named, not with %s', async (named) => {
    const store = storeWith(text(OURS, 9));
    await expect(putBack(store, text(OURS, 7, 'n8n'), named)).rejects.toThrow(
      `there is a state already: lineage ${OURS}, serial 9, 0 resources; nothing was changed.\nTo put lineage ${OURS}, serial 7, 1 resource in its place, add: --replace 1b1b1b1b:9`,
    );
    expect(store.writes).toEqual([]);
  });

  test('over the named one with the next serial, so that Terraform takes it for the newest', async () => {
    const store = storeWith(text(OURS, 9));
    expect(await putBack(store, text(OURS, 7, 'n8n'), '1b1b1b1b:9')).toBe(`lineage ${OURS}, serial 10, 1 resource`);
    expect(JSON.parse(store.text)).toEqual(JSON.parse(text(OURS, 10, 'n8n')));
  });

  test('N2: over a state of another lineage only after that was said, and then under the present one', async () => {
    const store = storeWith(text(THEIRS, 9));
    await expect(putBack(store, text(OURS, 7, 'n8n'), undefined)).rejects.toThrow('It is of another lineage: what it names would no longer be known to Terraform. Read docs/state/restore.md first.');
    expect(await putBack(store, text(OURS, 7, 'n8n'), '0a0a0a0a:9')).toBe(`lineage ${THEIRS}, serial 10, 1 resource`);
  });

  test.each([
    ['create', ''],
    ['push', text(OURS, 3)],
  ])('what reads back differently after %s is said', async (_how, first) => {
    const store = storeWith(first, () => text(OURS, 12));
    await expect(putBack(store, text(OURS, 7, 'n8n'), '1b1b1b1b:3')).rejects.toThrow("the state of 'services' was written but reads back differently: other resources");
  });
});

describe('keeping the present state', () => {
  test('gives it the serial after the newest copy, and changes nothing else', async () => {
    const store = storeWith(text(OURS, 7, 'n8n'));
    expect(await keepPresent(store, 9, '1b1b1b1b:7')).toBe(`lineage ${OURS}, serial 10, 1 resource`);
    expect(JSON.parse(store.text)).toEqual(JSON.parse(text(OURS, 10, 'n8n')));
  });

  test('also when the copy has the same serial, and not when it is older', async () => {
    const [same, older] = [storeWith(text(OURS, 7)), storeWith(text(OURS, 7))];
    expect(await keepPresent(same, 7, '1b1b1b1b:7')).toContain('serial 8');
    expect(await keepPresent(older, 6, '1b1b1b1b:7')).toBe(`lineage ${OURS}, serial 7, 0 resources; no copy is newer`);
    expect([same.writes, older.writes]).toEqual([['push 8'], []]);
  });

  test('is for the version that is named', async () => {
    const store = storeWith(text(OURS, 7));
    await expect(keepPresent(store, 9, '1b1b1b1b:6')).rejects.toThrow(`the state is lineage ${OURS}, serial 7, 0 resources; nothing was changed. To keep it, name it: 1b1b1b1b:7`);
    await expect(keepPresent(storeWith(''), 9, undefined)).rejects.toThrow("there is no state of 'services'; nothing was changed");
    expect(store.writes).toEqual([]);
  });
});

test('a copy becomes the local state for nobody else to read, and never in the place of one', () => {
  const root = mkdtempSync(join(tmpdir(), 'put-local-'));
  try {
    const site = { base: join(root, '.state') } as Site;
    const path = join(site.base, 'services.tfstate');
    putLocal(site, 'services', 'a state');
    expect([readFileSync(path, 'utf8'), statSync(path).mode & 0o777]).toEqual(['a state', 0o600]);
    expect(() => putLocal(site, 'services', 'another')).toThrow(`'${path}' is there already; nothing was changed. See docs/state/bootstrap.md, "Two states"`);
    expect(readFileSync(path, 'utf8')).toBe('a state');
  } finally {
    rmSync(root, { recursive: true });
  }
});
