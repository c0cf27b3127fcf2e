import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { listCopies, type StateCopy } from '../../state/copies/copies';
import { behind, newestOf, onlyNewest, requireKnownLineage, versionName } from '../../state/copies/newest';
import { copyPlaces } from '../../state/copies/place';
import { ForeignState } from '../../state/own-state';
import type { Site } from '../../state/site';

const OURS = '1b1b1b1b-0000-4000-8000-000000000000';
const LAST_YEARS = '0a0a0a0a-0000-4000-8000-000000000000';
const present = (serial: number, lineage = OURS) => ({ lineage, serial, resources: [], outputs: {} });
const name = (serial: number, lineage = OURS, hash = '') => `services.${lineage}.${String(serial).padStart(8, '0')}${hash && `.${hash}`}.tfstate.age`;

let site: Site;
let said: string[];
const say = (line: string) => void said.push(line);
const copies = () => listCopies(site, 'services', say);

/** Puts files where copies are kept; none of them is opened here. */
function keep(folder: string, ...files: string[]): void {
  mkdirSync(join(site.base, folder), { recursive: true });
  for (const file of files) writeFileSync(join(site.base, folder, file), 'sealed');
}

beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), 'newest-'));
  site = { kind: 'rehearsal', root, base: root, secrets: { root, folder: root, keyFile: undefined } } as unknown as Site;
  said = [];
});
afterEach(() => rmSync(site.base, { recursive: true }));

describe('places of copies', () => {
  test('are the host and this machine, and nothing is in them before the first copy', () => {
    expect(copyPlaces(site).map((place) => [place.name, place.list()])).toEqual([
      [join(site.base, 'host/state'), []],
      [join(site.base, 'copies'), []],
    ]);
  });

  test('hold a file whole, for the owner alone, and no half of one is listed', () => {
    const place = copyPlaces(site)[1]!;
    place.write('a.age', Buffer.from('sealed'));
    keep('copies', '.b.age.part');
    expect([place.list(), place.read('a.age').toString()]).toEqual([['a.age'], 'sealed']);
  });
});

describe('the list of copies', () => {
  test('is by serial in each place, of this stack alone, and of whole names alone', () => {
    keep('host/state', name(43), name(7));
    keep('copies', name(43, OURS, '0123abcd'), name(9), name(9).replace('services', 'foundation'), `${name(9)}.bak`, `x${name(9)} `, 'services.tfstate', name(9, OURS, 'xyz'));
    expect(copies().map(({ file, lineage, serial, place }) => [file, lineage, serial, place.name === join(site.base, 'copies')])).toEqual([
      [name(7), OURS, 7, false],
      [name(43), OURS, 43, false],
      [name(9), OURS, 9, true],
      [name(43, OURS, '0123abcd'), OURS, 43, true],
    ]);
  });
});

describe('the newest copies', () => {
  test('are those of the highest serial in one lineage, wherever they are', () => {
    keep('host/state', name(43), name(99, LAST_YEARS));
    keep('copies', name(43, OURS, '0123abcd'), name(7));
    expect(newestOf(copies(), OURS).map(({ file }) => file)).toEqual([name(43), name(43, OURS, '0123abcd')]);
    expect(newestOf(copies(), 'theirs')).toEqual([]);
    expect(newestOf([], OURS)).toEqual([]);
  });

  test('a version has a short name', () => expect(versionName(present(43))).toBe('1b1b1b1b:43'));
});

describe('a state that fell behind', () => {
  const ways = (file: string, serial: number) =>
    `Somebody rolled the object store back. Read docs/state/rolled-back.md, then type one of:\n  ./house state restore services --copy ${file} --replace 1b1b1b1b:${serial}\n  ./house state keep services 1b1b1b1b:${serial}`;

  test('is said with its newest copy and both ways on', () => {
    keep('copies', name(43), name(44));
    expect(behind(site, 'services', present(43), say)).toBe(
      `the state of 'services' in the object store (lineage ${OURS}, serial 43, 0 resources) is older than its copy ${name(44)} in ${join(site.base, 'copies')}.\n${ways(name(44), 43)}`,
    );
  });

  test.each([
    ['there is no copy', []],
    ['all copies are older', [name(42)]],
    ['the newer copies are of another lineage', [name(99, LAST_YEARS)]],
    // Without a key nothing can be opened.
    ['the copy of the same serial cannot be opened', [name(43)]],
  ])('is none while %s', (_when, files) => {
    keep('copies', ...files);
    expect(behind(site, 'services', present(43), say)).toBeUndefined();
  });
});

describe('a lineage that nobody of this house began', () => {
  const require = () => requireKnownLineage(site, 'services', present(43), say);

  test('is refused with the ways on when there are copies, and all are of others', () => {
    keep('copies', name(9, LAST_YEARS), name(8, LAST_YEARS));
    expect(require).toThrow(ForeignState);
    expect(require).toThrow(`the state of 'services' in the object store (lineage ${OURS}, serial 43, 0 resources) is of a lineage that none of its 2 copies has; Terraform was not run`);
    expect(require).toThrow('read docs/state/foreign-state.md; if you began this state yourself, say so:\n    ./house state keep services 1b1b1b1b:43');
  });

  test.each([
    ['there are no copies yet', []],
    ['one copy is of it, however old', [name(99, LAST_YEARS), name(1)]],
  ])('is none while %s', (_when, files) => {
    keep('copies', ...files);
    expect(require).not.toThrow();
  });

  test('is none when a bootstrap that was cut off began it here, and only then', () => {
    keep('copies', name(9, LAST_YEARS));
    keep('', 'services.tfstate');
    writeFileSync(join(site.base, 'services.tfstate'), JSON.stringify({ lineage: LAST_YEARS, serial: 1 }));
    expect(require).toThrow(ForeignState);
    writeFileSync(join(site.base, 'services.tfstate'), JSON.stringify({ lineage: OURS, serial: 1 }));
    expect(require).not.toThrow();
  });
});

describe('a restore without a name', () => {
  const copy = (serial: number, lineage = OURS, hash = ''): StateCopy => ({ file: name(serial, lineage, hash), lineage, serial, place: copyPlaces(site)[0]! });

  test('takes the newest of the only lineage, also when both places have it', () => {
    expect(onlyNewest([copy(7), copy(43), copy(43)], 'services').file).toBe(name(43));
  });

  test('there is none to take', () => expect(() => onlyNewest([], 'services')).toThrow("there is no copy of the state of 'services'"));

  test('never chooses among lineages, or among texts of one serial', () => {
    expect(() => onlyNewest([copy(43), copy(99, LAST_YEARS)], 'services')).toThrow(
      `there are copies of the state of 'services' of 2 lineages: a house that was begun anew, and the one before it; nothing was changed.\nName the one that is meant:\n  --copy ${name(43)}\n  --copy ${name(99, LAST_YEARS)}`,
    );
    expect(() => onlyNewest([copy(43), copy(43, OURS, '0123abcd'), copy(7)], 'services')).toThrow(
      `with one serial and different contents: the object store was rolled back; nothing was changed.\nName the one that is meant:\n  --copy ${name(43)}\n  --copy ${name(43, OURS, '0123abcd')}`,
    );
  });
});
