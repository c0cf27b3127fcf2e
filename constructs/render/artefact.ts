/** One file of the output. */
export interface Artefact {
  /** Path below the output folder, with forward slashes. */
  readonly path: string;
  readonly content: string;
}
