import { posix } from 'node:path';
import { parse } from 'yaml';

import type { Looked } from './unpack';

const STATE = 'a Terraform state holds secrets in clear text';
const PLAN = 'a Terraform plan can hold secrets in clear text';

/** Files that hold secrets in clear text by their nature, and why. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)[^/]*\.tfstate(\.backup|\.\d+\.backup)?$/i, STATE],
  [/(^|[/!])([^/!]*\.)?(tfplan|plan)$/i, PLAN],
  [/(^|\/)(?![^/]*\.sops\.)[^/]*\.tfvars(\.json)?$/i, 'variables of Terraform go into tfvars.sops.json, encrypted'],
  [/(^|[/!])(id_ed25519|id_rsa|id_ecdsa|keys\.txt)$/, 'it is the name of a private key'],
];

const ENCRYPTED = /^ENC\[AES256_GCM,/;
const CLEAR_SUFFIX = '_unencrypted';

/** Whether a path names a file that SOPS must have encrypted: in any letters, and what an editor put beside one too. */
function isSopsFile(path: string): boolean {
  return /[^/]\.sops\.[a-z]+[^/]*$/i.test(path) && !path.endsWith('.ts');
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

function sopsProblems(path: string, content: Buffer): string[] {
  let parsed: unknown;
  try {
    parsed = parse(content.toString());
  } catch {
    return [`${path}: it is neither JSON nor YAML, so it cannot be seen whether it is encrypted`];
  }
  const { sops, ...values } = (typeof parsed === 'object' && parsed !== null ? parsed : {}) as Record<string, unknown>;
  if (!sops) return [`${path}: it is not encrypted, it has no sops section`];
  return clearPlaces(values, '').map((place) => `${path}: '${place}' stands there unencrypted`);
}

/** What a text is by its content, whatever its name says: Terraform's state and the JSON of its plan tell themselves by their keys. */
function natureOf(content: Buffer): string | undefined {
  const text = content.toString().replace(/^\ufeff/, '').trimStart();
  if (!text.startsWith('{')) return undefined;
  const has = (key: string) => text.includes(`"${key}"`);
  // Not parsed: half a state, or two of them in one file, are as clear as a whole one.
  if (has('lineage') && has('serial')) return STATE;
  return has('format_version') && (has('planned_values') || has('resource_changes') || has('values')) ? PLAN : undefined;
}

/**
 * What keeps one file from being committed or pushed.
 * @returns sentences; a value is named, never quoted
 */
export function fileProblems({ path, content }: Looked): string[] {
  const forbidden = FORBIDDEN.filter(([pattern]) => pattern.test(path)).map(([, why]) => why);
  const nature = natureOf(content);
  const whys = new Set([...forbidden, ...(nature ? [nature] : [])]);
  return [...[...whys].map((why) => `${path}: ${why}`), ...(isSopsFile(path) ? sopsProblems(path, content) : [])];
}

/**
 * What keeps a symbolic link from being committed or pushed: only what lies encrypted in this repository may stand under
 * the name of an encrypted file.
 */
export function linkProblems(path: string, target: string): string[] {
  if (!isSopsFile(path)) return [];
  const end = posix.normalize(posix.join(posix.dirname(path), target));
  if (posix.isAbsolute(target) || end.startsWith('..')) return [`${path}: it is a link that leads out of this repository`];
  return isSopsFile(end) ? [] : [`${path}: it is a link to '${end}', which is no encrypted file by its name`];
}
