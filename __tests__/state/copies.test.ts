import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

import { copyState, listCopies, openCopy } from '../../state/copies/copies';
import { behind, onlyNewest, requireNoneLost, versionName } from '../../state/copies/newest';
import { keepPresent, putBack } from '../../state/put-back';
import type { RemoteState } from '../../state/remote';
import type { Site } from '../../state/site';
import { parseSnapshot } from '../../state/snapshot';
import { Project } from '../secrets/project';
import { BUILD_TIMEOUT_MS, ensureTools } from '../tools/ensure-tools';
import { STATE_SPECS } from './lab';

jest.setTimeout(60_000);

const OURS = '1b1b1b1b-0000-4000-8000-000000000000';
const LAST_YEARS = '0a0a0a0a-0000-4000-8000-000000000000';
const text = (lineage: string, serial: number, ...names: string[]) => JSON.stringify({ version: 4, lineage, serial, outputs: {}, resources: names.map((name) => ({ name })) });

/** An object store that holds one state, and takes a newer one as Terraform does. */
function storeWith(first: string): RemoteState & { text: string } {
  const store = {
    stack: 'services',
    text: first,
    pull: async () => store.text,
    read: async () => parseSnapshot(store.text, 'the store'),
    push: async (newer: string) => void (store.text = newer),
    create: (content: string) => !store.text && Boolean((store.text = content)),
  };
  return store as unknown as RemoteState & { text: string };
}

let project: Project;
let site: Site;
let said: string[];
const say = (line: string) => void said.push(line);
const files = () => readdirSync(project.path('copies')).sort();
const copy = (content: string) => copyState(site, storeWith(content), say);
const present = (content: string) => parseSnapshot(content, 'the store')!;

beforeAll(() => ensureTools('age', 'sops'), BUILD_TIMEOUT_MS);
beforeEach(() => {
  project = Project.fresh(STATE_SPECS);
  project.secrets(['init']);
  // A site of a rehearsal keeps the host's copies in a folder as well.
  site = { kind: 'rehearsal', root: project.root, base: project.root, secrets: { root: project.root, folder: project.root, keyFile: project.keyFile } };
  said = [];
});
afterEach(() => project.remove());

test('the same state is copied once, however often', async () => {
  for (let round = 0; round < 2; round++) await copy(text(OURS, 43, 'n8n'));
  expect(files()).toHaveLength(1);
  expect(said.filter((line) => line.includes('is already in'))).toHaveLength(2);
});

test('G26: a store without a state, beside copies of one, is no place to begin anew', async () => {
  expect(() => requireNoneLost(site, 'services', say)).not.toThrow();
  await copy(text(OURS, 43, 'n8n'));
  expect(() => requireNoneLost(site, 'services', say)).toThrow(/there is no state of 'services' in the object store, and 2 copies of one[^]*docs\/state\/move.md/);
  expect(() => requireNoneLost(site, 'foundation', say)).not.toThrow();
});

test('G1: two contents with one serial are both kept, in both places, and it is said loudly', async () => {
  await copy(text(OURS, 43, 'n8n'));
  await copy(text(OURS, 43, 'n8n', 'vikunja'));
  expect(files()).toEqual([expect.stringMatching(/\.00000043\.[0-9a-f]{8}\.tfstate\.age$/), expect.stringMatching(/\.00000043\.tfstate\.age$/)]);
  expect(said.filter((line) => /^WARNING: another state of 'services' with serial 43.*docs\/state\/rolled-back\.md/.test(line))).toHaveLength(2);
  const contents = listCopies(site, 'services', say).map((each) => parseSnapshot(openCopy(site, each), each.file)!.resources.length);
  expect(contents.sort()).toEqual([1, 1, 2, 2]);
  said = [];
  await copy(text(OURS, 43, 'n8n', 'vikunja'));
  expect(files()).toHaveLength(2);
  expect(said).toEqual([expect.stringContaining('is already in'), expect.stringContaining('is already in')]);
});

test('a damaged copy is told, left as it is, and does not stand for the state', async () => {
  await copy(text(OURS, 43, 'n8n'));
  const [file] = files();
  const bytes = readFileSync(project.path('copies', file!));
  bytes[bytes.length - 1]! ^= 1;
  writeFileSync(project.path('copies', file!), bytes);
  await copy(text(OURS, 43, 'n8n'));
  expect(files()).toHaveLength(2);
  expect(said.join('\n')).toMatch(/WARNING: opening '.*' failed[^]*it is left as it is/);
  expect(said.join('\n')).not.toContain('another state');
  expect(readFileSync(project.path('copies', file!))).toEqual(bytes);
});

describe('G1: a store that was rolled back', () => {
  beforeEach(() => copy(text(OURS, 43, 'n8n', 'vikunja')));

  test('is noticed by its serial, with the two ways on', () => {
    expect(behind(site, 'services', present(text(OURS, 42, 'n8n')), say)).toMatch(
      /serial 42, 1 resource\) is older than its copy services\.1b1b1b1b-[^]*restore services --copy services\.\S+ --replace 1b1b1b1b:42\n {2}\.\/house state keep services 1b1b1b1b:42$/,
    );
  });

  test('is noticed by its content when it has counted up to the same serial', () => {
    expect(behind(site, 'services', present(text(OURS, 43, 'n8n', 'other')), say)).toContain('is another one than its copy of the same serial');
  });

  test.each([
    ['the same', text(OURS, 43, 'n8n', 'vikunja')],
    ['newer', text(OURS, 44, 'n8n')],
    ['of another lineage', text(LAST_YEARS, 1, 'n8n')],
  ])('is not one that is %s', (_, content) => expect(behind(site, 'services', present(content), say)).toBeUndefined());

  test('is kept once its owner names it, above every copy', async () => {
    const store = storeWith(text(OURS, 42, 'n8n'));
    await expect(keepPresent(store, 43, undefined)).rejects.toThrow('To keep it, name it: 1b1b1b1b:42');
    expect(store.text).toBe(text(OURS, 42, 'n8n'));
    expect(await keepPresent(store, 43, '1b1b1b1b:42')).toContain('serial 44, 1 resource');
    expect(behind(site, 'services', present(store.text), say)).toBeUndefined();
    expect(await keepPresent(store, 43, '1b1b1b1b:44')).toContain('no copy is newer');
  });
});

describe('G2: which copy a restore takes by itself', () => {
  test('the newest of the only lineage', async () => {
    for (const serial of [7, 80, 9]) await copy(text(OURS, serial, 'n8n'));
    expect(onlyNewest(listCopies(site, 'services', say), 'services')).toMatchObject({ lineage: OURS, serial: 80 });
  });

  test('none of several lineages: the newest of each is listed', async () => {
    await copy(text(OURS, 7, 'n8n'));
    for (const serial of [79, 80]) await copy(text(LAST_YEARS, serial, 'n8n'));
    const choose = () => onlyNewest(listCopies(site, 'services', say), 'services');
    expect(choose).toThrow('of 2 lineages');
    expect(choose).toThrow(new RegExp(`--copy services\\.${OURS}\\.00000007\\.tfstate\\.age\\n`));
    expect(choose).toThrow(new RegExp(`--copy services\\.${LAST_YEARS}\\.00000080\\.tfstate\\.age$`));
  });

  test('none of two contents with one serial', async () => {
    await copy(text(OURS, 43, 'n8n'));
    await copy(text(OURS, 43, 'vikunja'));
    expect(() => onlyNewest(listCopies(site, 'services', say), 'services')).toThrow('with one serial and different contents');
  });

  test('none where there is none', () => expect(() => onlyNewest([], 'services')).toThrow("there is no copy of the state of 'services'"));
});

describe('N2: a state of another lineage', () => {
  const was = text(LAST_YEARS, 80, 'old');

  test('is not replaced before it is named, and the words say what would be forgotten', async () => {
    const store = storeWith(was);
    await expect(putBack(store, text(OURS, 7, 'n8n'), undefined)).rejects.toThrow(/of another lineage: what it names would no longer be known[^]*--replace 0a0a0a0a:80/);
    await expect(putBack(store, text(OURS, 7, 'n8n'), '0a0a0a0a:79')).rejects.toThrow('nothing was changed');
    expect(store.text).toBe(was);
  });

  test('is replaced as its own next serial, which Terraform takes for the newest', async () => {
    const store = storeWith(was);
    await putBack(store, text(OURS, 7, 'n8n'), versionName({ lineage: LAST_YEARS, serial: 80 }));
    expect(JSON.parse(store.text)).toMatchObject({ lineage: LAST_YEARS, serial: 81, resources: [{ name: 'n8n' }] });
  });
});
