import { parse } from 'yaml';

/** Files that hold secrets in clear text by their nature, and why. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)[^/]*\.tfstate(\.backup|\.\d+\.backup)?$/, 'a Terraform state holds secrets in clear text'],
  [/\.(tfplan|plan)$/, 'a Terraform plan can hold secrets in clear text'],
  [/(^|\/)(?![^/]*\.sops\.)[^/]*\.tfvars(\.json)?$/, 'variables of Terraform go into tfvars.sops.json, encrypted'],
  [/(^|\/)(id_ed25519|id_rsa|keys\.txt)$/, 'it is the name of a private key'],
];

const ENCRYPTED = /^ENC\[AES256_GCM,/;
const CLEAR_SUFFIX = '_unencrypted';

/** Whether a path names a file that SOPS must have encrypted. */
function isSopsFile(path: string): boolean {
  return /[^/]\.sops\.[a-z]+$/.test(path) && !path.endsWith('.ts');
}

/** Places of values that stand in clear text where SOPS would have encrypted them. */
function clearPlaces(value: unknown, place: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => clearPlaces(item, `${place}[${index}]`));
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .filter(([key]) => !key.endsWith(CLEAR_SUFFIX))
      .flatMap(([key, item]) => clearPlaces(item, place ? `${place}.${key}` : key));
  }
  return value === null || value === '' || ENCRYPTED.test(String(value)) ? [] : [place];
}

/**
 * What keeps one file from being committed or pushed.
 * @param content its text
 * @returns sentences; a value is named, never quoted
 */
export function fileProblems(path: string, content: () => string): string[] {
  const forbidden = FORBIDDEN.filter(([pattern]) => pattern.test(path)).map(([, why]) => `${path}: ${why}`);
  if (!isSopsFile(path)) return forbidden;
  let parsed: unknown;
  try {
    parsed = parse(content());
  } catch {
    return [...forbidden, `${path}: it is neither JSON nor YAML, so it cannot be seen whether it is encrypted`];
  }
  const { sops, ...values } = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Record<string, unknown>;
  if (!sops) return [...forbidden, `${path}: it is not encrypted, it has no sops section`];
  return [...forbidden, ...clearPlaces(values, '').map((place) => `${path}: '${place}' stands there unencrypted`)];
}
