import { existsSync, readFileSync } from 'node:fs';

import { Refusal } from '../common/refusal';
import { FORM_NAMES } from './forms';
import type { Permitted } from './name-constraints';

/** How the value of a secret comes to be. */
export type HowToMake =
  /** Letters and digits. */
  | { readonly kind: 'random'; readonly length: number }
  /** Random bytes, written in hexadecimal. */
  | { readonly kind: 'hex'; readonly bytes: number }
  /** Another party issues it; `hint` says where the owner finds it, `form` names what it looks like. */
  | { readonly kind: 'ask'; readonly hint: string; readonly form?: string }
  /** A certificate authority: private key and certificate, both PEM, in one value. */
  | { readonly kind: 'authority'; readonly commonName: string; readonly permitted?: Permitted }
  /** A server's key and certificate for names and addresses, signed by the authority kept as secret `issuer`. */
  | { readonly kind: 'certificate'; readonly issuer: string; readonly hosts: readonly string[] };

/** Who reads a secret: Terraform as a variable, Ansible by lookup, or a command through its environment. */
export type Consumer = 'terraform' | 'ansible' | 'environment';

/** One secret that the homelab needs, as the definition names it. */
export interface SecretSpec {
  /** Key in the encrypted file, snake_case. */
  readonly name: string;
  /** Services and tools that use it. */
  readonly usedBy: readonly string[];
  readonly consumer: Consumer;
  readonly howToMake: HowToMake;
  /** What a new value does; a `data` key encrypts what is stored. */
  readonly kind: 'login' | 'session' | 'data' | 'token' | 'certificate';
  /** Days after which it should be made anew. @default - never */
  readonly rotateDays?: number;
  /** Page that tells how a data key is renewed. */
  readonly renewal?: string;
}

const HOW_TO_MAKE: Readonly<Record<HowToMake['kind'], (how: Record<string, unknown>) => boolean>> = {
  random: (how) => isCount(how.length),
  hex: (how) => isCount(how.bytes),
  ask: (how) => typeof how.hint === 'string' && (how.form === undefined || FORM_NAMES.includes(String(how.form))),
  authority: (how) => typeof how.commonName === 'string' && (how.permitted === undefined || isPermitted(how.permitted as Record<string, unknown>)),
  certificate: (how) => typeof how.issuer === 'string' && isTextList(how.hosts),
};

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && (value as number) > 0;
}

function isPermitted({ domains, networks }: Record<string, unknown>): boolean {
  return isTextList(domains) && isTextList(networks);
}

function isTextList(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** What is wrong with one entry, as sentences. */
function defects(entry: Record<string, unknown>): string[] {
  const how = (entry.howToMake ?? {}) as Record<string, unknown>;
  const kind = HOW_TO_MAKE[how.kind as HowToMake['kind']];
  const rules: [boolean, string][] = [
    [/^[a-z][a-z0-9_]*$/.test(String(entry.name)), 'a name is snake_case'],
    // SOPS leaves values under such a key in clear text.
    [!String(entry.name).endsWith('_unencrypted'), "a name does not end in '_unencrypted'"],
    [isTextList(entry.usedBy), 'usedBy lists names'],
    [['terraform', 'ansible', 'environment'].includes(entry.consumer as string), 'consumer is terraform, ansible or environment'],
    [kind !== undefined && kind(how), `howToMake is one of ${Object.keys(HOW_TO_MAKE).join(', ')}, complete`],
    [['login', 'session', 'data', 'token', 'certificate'].includes(entry.kind as string), 'kind is login, session, data, token or certificate'],
    [entry.rotateDays === undefined || isCount(entry.rotateDays), 'rotateDays is a whole number of days'],
    [entry.renewal === undefined || typeof entry.renewal === 'string', 'renewal names a page'],
  ];
  return rules.filter(([holds]) => !holds).map(([, rule]) => rule);
}

/**
 * Reads the list of secrets that the definition emits.
 * @param path of `cdktf.out/secrets/manifest.json`
 * @throws Refusal naming every bad entry, or the command that writes the file
 */
export function readManifest(path: string): SecretSpec[] {
  if (!existsSync(path)) throw new Refusal(`the list of secrets '${path}' is not there; write it with: make synth`);
  const entries = parse(path);
  const problems = entries.flatMap((entry) => defects(entry).map((rule) => `  '${entry.name}': ${rule}`));
  const names = entries.map((entry) => String(entry.name));
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    problems.push(`  '${name}': a name is listed once`);
  }
  if (problems.length) throw new Refusal(`the list of secrets '${path}' is wrong:\n${problems.join('\n')}`);
  return entries as unknown as SecretSpec[];
}

function parse(path: string): Record<string, unknown>[] {
  try {
    const { secrets } = JSON.parse(readFileSync(path, 'utf8')) as { secrets?: unknown };
    if (Array.isArray(secrets)) return secrets as Record<string, unknown>[];
  } catch (error) {
    throw new Refusal(`the list of secrets '${path}' is no JSON: ${(error as Error).message}`);
  }
  throw new Refusal(`the list of secrets '${path}' has no list 'secrets'; write it anew with: make synth`);
}
