/** What happened when, for the account at the end of a drill. */
export class Timeline {
  private readonly started = Date.now();
  private readonly rows: { readonly atSec: number; readonly what: string }[] = [];

  /** Notes that something has just been completed, and says so at once, because the next step may take minutes. */
  mark(what: string): void {
    const atSec = Math.round((Date.now() - this.started) / 1000);
    this.rows.push({ atSec, what });
    process.stderr.write(`drill ${clock(atSec)}  ${what}\n`);
  }

  /** The whole account, with the time each step took. */
  toString(): string {
    const lines = this.rows.map(({ atSec, what }, index) => {
      const took = atSec - (this.rows[index - 1]?.atSec ?? 0);
      return `  ${clock(atSec)}  ${`+${took} s`.padStart(7)}  ${what}`;
    });
    return ['timeline of the drill', ...lines].join('\n');
  }
}

function clock(seconds: number): string {
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}
