/** How a secret comes to be: made by the house itself, or asked of the owner because another party issues it. */
export type HowToMake =
  | { readonly kind: 'random'; readonly length: number }
  | { readonly kind: 'hex'; readonly bytes: number }
  | { readonly kind: 'ask'; readonly hint: string; readonly form?: SecretForm }
  /** A certificate authority: key and certificate in PEM, one value. It may sign for `permitted` alone: domains with all below them, IPv4 networks. */
  | { readonly kind: 'authority'; readonly commonName: string; readonly permitted?: { readonly domains: readonly string[]; readonly networks: readonly string[] } }
  /** Key and certificate in PEM, one value, signed by the authority kept as the secret `issuer`. */
  | { readonly kind: 'certificate'; readonly issuer: string; readonly hosts: readonly string[] };

/**
 * What a new value of a secret does, and so how it may be renewed:
 * `login` opens a door; `session` signs what is short-lived, so people log in
 * again; `data` encrypts what is stored, which is unreadable with another key, so it is never renewed in bulk; `token` is
 * issued by another party; `certificate` is signed by the house's own authority, or is that.
 */
export type SecretKind = 'login' | 'session' | 'data' | 'token' | 'certificate';

/** A value that the definition only names; it lives encrypted in tfvars.sops.json (Terraform's) or ansible.sops.json (all others). */
export interface Secret {
  /** Its key there, snake_case. */
  readonly secret: string;
  readonly kind: SecretKind;
  readonly howToMake: HowToMake;
  /** Days after which it should be made anew. @default - never */
  readonly rotateDays?: number;
  /** Page that tells how a data key is renewed. @default - there is no way */
  readonly renewal?: string;
}

/**
 * Names a password or an access key.
 * @param name key of the secret, snake_case
 * @param length number of letters and digits. @default 32
 * @param rotateDays days until it should be made anew. @default 365
 */
export function randomSecret(name: string, length = 32, rotateDays = 365): Secret {
  return { secret: name, kind: 'login', howToMake: { kind: 'random', length }, rotateDays };
}

/**
 * Names a key that signs sessions and tokens between parts of a service: with a new one people log in again.
 * @param name key of the secret, snake_case
 * @param length number of letters and digits. @default 64
 */
export function sessionSecret(name: string, length = 64): Secret {
  return { secret: name, kind: 'session', howToMake: { kind: 'random', length }, rotateDays: 365 };
}

/**
 * Names a key that encrypts what a service stores. It does not age: with another one the data is lost.
 * @param name key of the secret, snake_case
 * @param renewal page that tells how it is renewed all the same
 * @param length number of letters and digits. @default 32
 */
export function dataKeySecret(name: string, renewal: string, length = 32): Secret {
  return { secret: name, kind: 'data', howToMake: { kind: 'random', length }, renewal };
}

/** What the value of an asked secret looks like, so that another one is refused. */
export type SecretForm = 'proxmox-api-token' | 'cloudflare-tunnel-token';

/**
 * Names a secret that another party issues, such as a tunnel token.
 * @param name key of the secret, snake_case
 * @param hint where the owner finds it
 * @param rotateDays days until it should be made anew. @default 365
 * @param form what it looks like. @default - anything of one line
 */
export function askedSecret(name: string, hint: string, rotateDays = 365, form?: SecretForm): Secret {
  return { secret: name, kind: 'token', howToMake: { kind: 'ask', hint, ...(form ? { form } : {}) }, rotateDays };
}

const AUTHORITY = 'house_authority';

/** The house's own certificate authority, which every machine trusts: for its domain and its addresses, and for nothing else in the world. */
export function houseAuthority({ domain, network }: { readonly domain: string; readonly network: string }): Secret {
  // Servers are asked by their own machine as well.
  const permitted = { domains: [domain], networks: [network, '127.0.0.0/8'] };
  return { secret: AUTHORITY, kind: 'certificate', howToMake: { kind: 'authority', commonName: 'homelab', permitted }, rotateDays: 3650 };
}

/**
 * Names a server's key and certificate, signed by the house's own authority.
 * @param name key of the secret, snake_case
 * @param hosts names and addresses it is valid for
 */
export function certificateSecret(name: string, hosts: readonly string[]): Secret {
  // Clients refuse server certificates that are valid for more than 397 days.
  return { secret: name, kind: 'certificate', howToMake: { kind: 'certificate', issuer: AUTHORITY, hosts }, rotateDays: 365 };
}

/** Tells a secret from other setting values. */
export function isSecret(value: unknown): value is Secret {
  return typeof value === 'object' && value !== null && 'secret' in value && 'howToMake' in value;
}
