/** A message Terraform shows beside the resource it concerns. */
export interface Diagnostic {
  readonly severity: 'ERROR' | 'WARNING';
  readonly summary: string;
  readonly detail: string;
}

/** A diagnostic that fails the step. */
export const errorDiagnostic = (summary: string, detail = ''): Diagnostic => ({ severity: 'ERROR', summary, detail });
