/** What a guest's own health question brought. */
export interface Answer {
  readonly guest: string;
  readonly ok: boolean;
  /** What was asked, as a person would type it. */
  readonly question: string;
  /** What came back, or why nothing did; one line. */
  readonly said: string;
  /** Milliseconds until then. */
  readonly tookMs: number;
}

/** All answers as a table, the bad ones last, where a person looks. */
export function table(answers: readonly Answer[]): string {
  const rows = [...answers].sort((left, right) => Number(right.ok) - Number(left.ok));
  const width = Math.max(...rows.map(({ guest }) => guest.length), 5);
  const line = ({ guest, ok, tookMs, question, said }: Answer): string =>
    `${ok ? 'ok ' : 'RED'}  ${guest.padEnd(width)}  ${String(tookMs).padStart(6)} ms  ${question}${ok && said === '' ? '' : `: ${said}`}`;
  const red = answers.filter(({ ok }) => !ok).length;
  return [...rows.map(line), `${answers.length - red} of ${answers.length} guests are well`].join('\n');
}
