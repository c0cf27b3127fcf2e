/** The known word that one misspelled is nearest to, at most a third of its letters away; `undefined` when none is. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.floor(word.length / 3) + 1;
  for (const candidate of known) {
    const away = distance(word, candidate);
    if (away < least) [best, least] = [candidate, away];
  }
  return best;
}

/** What was meant, after a word that is none: ` (did you mean 'word'?)`, or nothing. @param before stands before the word */
export function meantText(word: string, known: Iterable<string>, before = ''): string {
  const near = nearest(word, known);
  return near === undefined ? '' : ` (did you mean '${before}${near}'?)`;
}

/** Letters to put in, take out or exchange until one word is the other. */
function distance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let i = 1; i <= left.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= right.length; j += 1) {
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + (left[i - 1] === right[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[right.length]!;
}
