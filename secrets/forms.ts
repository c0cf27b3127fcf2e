import { Refusal } from '../common/refusal';
import type { SecretSpec } from './manifest';

/** What a value of a known form looks like, and one that is made up. */
interface Form {
  readonly pattern: RegExp;
  /** The form in words. */
  readonly words: string;
  readonly example: string;
  /** The command that brings a value, when there is one. */
  readonly command?: string;
}

const encoded = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64');

const FORMS: Readonly<Record<string, Form>> = {
  'proxmox-api-token': {
    pattern: /^[^\s@!=]+@[a-z][\w-]*![\w.-]+=[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    words: 'user@realm!tokenid=uuid, as Proxmox VE shows it once',
    example: 'example@pve!example=00000000-0000-4000-8000-000000000000',
    command: './house secrets make-token',
  },
  'cloudflare-tunnel-token': {
    pattern: /^eyJhIjoi[A-Za-z0-9+/_-]{20,}={0,2}$/,
    words: 'one long word that begins with eyJhIjoi; of the command that Cloudflare shows it is the last word',
    example: encoded({ a: 'example', t: '00000000-0000-4000-8000-000000000000', s: encoded('example') }),
  },
};

/** Names of forms that a definition may give a secret which is asked for. */
export const FORM_NAMES: readonly string[] = Object.keys(FORMS);

function formOf({ howToMake: how }: SecretSpec): Form | undefined {
  return how.kind === 'ask' && how.form !== undefined ? FORMS[how.form] : undefined;
}

/** Marks that files of settings read as their own, as in the texts of a definition; a secret ends in the same files. */
const MARKS = /[\s'"\\`$;#%]|\{[{#]/;

/** @throws Refusal unless a value has the form of its secret; the value is not repeated */
export function requireForm(spec: SecretSpec, value: string): void {
  const form = formOf(spec);
  const isLine = !spec.howToMake.kind.match(/authority|certificate/);
  if (isLine && /[\r\n\0]/.test(value)) throw new Refusal(`'${spec.name}' is one line, got several; it stays as it was`);
  if (form && !form.pattern.test(value)) throw new Refusal(`'${spec.name}' has the form ${form.words}; got something else of ${value.length} characters, and it stays as it was`);
  if (isLine && (MARKS.test(value) || !/^[\x21-\x7e]*$/.test(value))) {
    throw new Refusal(`'${spec.name}' is one word of letters, digits and marks other than ' " \\ \` $ ; # %, since it ends in files that read those as their own; it stays as it was`, 'take another one; `make secrets` makes letters and digits');
  }
}

/** A made-up value of an asked secret, for rehearsals. */
export function exampleOf(spec: SecretSpec): string {
  return formOf(spec)?.example ?? `example-${spec.name}`;
}

/** How the owner gives a value that is missing: the one command for it. */
export function howToGive(spec: SecretSpec): string {
  if (spec.howToMake.kind !== 'ask') return 'make it with: make secrets';
  return formOf(spec)?.command ? `make it with: ${formOf(spec)!.command}` : `it is found at: ${spec.howToMake.hint}; give it with: ./house secrets set ${spec.name}`;
}
