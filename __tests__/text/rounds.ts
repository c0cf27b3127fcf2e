import { checkHomelab, type HomelabProps } from '../../constructs';
import { checkShape } from '../../constructs/rules/shape/check-shape';
import { at, places, put } from '../helpers/places';

/** Texts by the place they stand at, joined with dots. */
export type Texts = ReadonlyMap<string, string>;

/** A house with texts in some of its places, and with what it is compared. */
export interface Round {
  readonly house: HomelabProps;
  readonly texts: Texts;
}

const key = (place: readonly string[]): string => place.join('.');
const isSound = (house: unknown): boolean => checkHomelab(house as HomelabProps).length === 0;

/** Words without meaning that mark a place, so that they are found again in what is emitted. */
export function markerOf(index: number): string {
  return `plain${String(index).padStart(3, '0')}words`;
}

/**
 * Where a house holds text: places that take any words, and places of one kind of text, such as a name or a path.
 * @param below a field; only places inside it
 */
export function textPlaces(house: HomelabProps, below?: string): { readonly free: string[][]; readonly typed: string[][] } {
  const all = places(house).filter((place) => typeof at(house, place) === 'string' && (below === undefined || place.includes(below)));
  const takes = (place: string[]): boolean => isSound(put(house, place, 'Plain words, two of them'));
  return { free: all.filter(takes), typed: all.filter((place) => !takes(place)) };
}

/**
 * Houses whose free places hold texts that the definition's own rules let through there. In each house the places hold
 * different ones, so that after all of them every text has stood in places of every kind.
 * @param every of how many texts each place sees one; the next place sees the next
 */
export function freeRounds(house: HomelabProps, free: readonly string[][], texts: readonly string[], every: number): Round[] {
  const passing = texts.filter((text) => text.trim() !== '').map((text) => ({ text, places: new Set(withForm(house, free, text).map(key)) }));
  const ofPlaces = free.map((place) => passing.filter(({ places: through }) => through.has(key(place))).map(({ text }) => text));
  const rounds = Math.ceil(Math.max(...ofPlaces.map(({ length }) => length)) / every);
  const textAt = (index: number, round: number): string => ofPlaces[index]![(every * round + 7 * index) % ofPlaces[index]!.length]!;
  return Array.from({ length: rounds }, (_, round) => withTexts(house, free.map((place, index) => [place, textAt(index, round)])));
}

/** Houses in which every typed place has held every text that the rules let through there. */
export function typedRounds(house: HomelabProps, typed: readonly string[][], texts: readonly string[]): Round[] {
  const rounds: (readonly [readonly string[], string])[][] = [];
  for (const text of texts) {
    for (const place of withForm(house, typed, text)) {
      if (!isSound(put(house, place, text))) continue;
      // Names are used once, so two places often do not go together.
      const fits = rounds.find((round) => round.every(([other]) => key(other) !== key(place)) && isSound(put(round.reduce<unknown>((lab, [other, its]) => put(lab, other, its), house), place, text)));
      if (fits) fits.push([place, text]);
      else rounds.push([[place, text]]);
    }
  }
  return rounds.map((round) => withTexts(house, round));
}

/** Places at which a text has the right form: half after half, since most texts have it nowhere or everywhere. */
function withForm(house: HomelabProps, among: readonly string[][], text: string): string[][] {
  if (among.length === 0) return [];
  const all = among.reduce<unknown>((lab, place) => put(lab, place, text), house);
  const misfits = new Set(checkShape(all as HomelabProps).problems.map(({ path, rule }) => `${path} ${rule.split("'")[1] ?? ''}`));
  if (misfits.size === 0) return [...among];
  if (misfits.size === among.length) return [];
  const half = Math.ceil(among.length / 2);
  return [...withForm(house, among.slice(0, half), text), ...withForm(house, among.slice(half), text)];
}

/** A house with texts put in; it must be a sound one. */
export function withTexts(house: HomelabProps, texts: readonly (readonly [readonly string[], string])[]): Round {
  const changed = texts.reduce<unknown>((lab, [place, text]) => put(lab, place, text), house) as HomelabProps;
  expect(checkHomelab(changed)).toEqual([]);
  return { house: changed, texts: new Map(texts.map(([place, text]) => [key(place), text])) };
}
