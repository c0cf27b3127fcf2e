/** One thing that is wrong with a definition, in the owner's words. */
export interface Problem {
  /** Where: construct path, e.g. `services/n8n`. */
  readonly path: string;
  /** Which rule is broken, as a sentence without full stop. */
  readonly rule: string;
  /** The value that breaks it. */
  readonly got: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** Renders a problem on three lines: where and which rule, what was found, what to do. */
export function formatProblem(problem: Problem): string {
  const [path, rule, got, remedy] = [problem.path, problem.rule, problem.got || "''", problem.remedy].map(printable);
  return `[${path}] ${rule}\n    got: ${got}\n    do:  ${remedy}`;
}

/** What the owner wrote is shown and never obeyed: control and bidirectional characters stand there as their codes. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/**
 * A definition is refused. Carries every problem at once, so that one run is enough to mend them all.
 */
export class DefinitionError extends Error {
  /** @param problems what is wrong, at least one */
  constructor(readonly problems: readonly Problem[]) {
    const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
    super(`the definition has ${count}:\n\n${problems.map(formatProblem).join('\n\n')}`);
    this.name = 'DefinitionError';
  }
}
