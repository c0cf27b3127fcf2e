const KEY_PROBLEM = 128;
const UNTOUCHED = 'nothing was run';

/** What SOPS's own words mean for the owner. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [/sops metadata not found/, 'its sops section is gone, it is not encrypted'],
  [/No keys found in file/, 'its list of recipients is empty'],
  [/Cannot decrypt MAC/, 'its MAC does not fit: the MAC or the time of the last change was edited'],
  [/File has no MAC/, 'its MAC was removed'],
  [/MAC mismatch/, 'it was changed outside SOPS: a name was removed or reordered, or a clear value edited'],
  [/message authentication failed/, 'an encrypted value was edited, or moved to another name'],
  [/does not match sops' data format/, 'a value stands in it unencrypted'],
];

/**
 * Explains a failed SOPS run.
 * @param file name of the encrypted file
 * @param status exit code of SOPS
 * @param output what SOPS printed on standard error
 * @param keyFile the age key it was given, if any
 */
export function explainSops(file: string, status: number | null, output: string, keyFile: string | undefined): string {
  if (status === KEY_PROBLEM) {
    return keyFile
      ? `'${file}' cannot be opened with the key in '${keyFile}'; ${UNTOUCHED}. Use the key of one of its recipients (SOPS_AGE_KEY_FILE).`
      : `'${file}' needs a decryption key and there is none; ${UNTOUCHED}. Put yours where docs/getting-started tells, or set SOPS_AGE_KEY_FILE.`;
  }
  const meaning = MEANINGS.find(([words]) => words.test(output))?.[1];
  if (meaning) return `'${file}' is refused: ${meaning}; ${UNTOUCHED}. Restore it from git, and find out who changed it.`;
  return `SOPS refused '${file}' (exit code ${status}); ${UNTOUCHED}:\n${output.trim()}`;
}
