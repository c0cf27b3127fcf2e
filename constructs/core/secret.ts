/** How a secret comes to be: made by the house itself, or asked of the owner because another party issues it. */
export type HowToMake =
  | { readonly kind: 'random'; readonly length: number }
  | { readonly kind: 'hex'; readonly bytes: number }
  | { readonly kind: 'ask'; readonly hint: string }
  /** A certificate authority: key and certificate in PEM, one value. */
  | { readonly kind: 'authority'; readonly commonName: string }
  /** Key and certificate in PEM, one value, signed by the authority kept as the secret `issuer`. */
  | { readonly kind: 'certificate'; readonly issuer: string; readonly hosts: readonly string[] };

/** A value that the definition only names; it lives encrypted in tfvars.sops.json (Terraform's) or ansible.sops.json (all others). */
export interface Secret {
  /** Its key there, snake_case. */
  readonly secret: string;
  readonly howToMake: HowToMake;
  /** Days after which it should be made anew. */
  readonly rotateDays: number;
}

/**
 * Names a secret made of random letters and digits.
 * @param name key of the secret, snake_case
 * @param length number of characters. @default 32
 * @param rotateDays days until it should be made anew. @default 365
 */
export function randomSecret(name: string, length = 32, rotateDays = 365): Secret {
  return { secret: name, howToMake: { kind: 'random', length }, rotateDays };
}

/**
 * Names a secret that another party issues, such as a tunnel token.
 * @param name key of the secret, snake_case
 * @param hint where the owner finds it
 * @param rotateDays days until it should be made anew. @default 365
 */
export function askedSecret(name: string, hint: string, rotateDays = 365): Secret {
  return { secret: name, howToMake: { kind: 'ask', hint }, rotateDays };
}

/** The house's own certificate authority. */
export const houseAuthority: Secret = { secret: 'house_authority', howToMake: { kind: 'authority', commonName: 'homelab' }, rotateDays: 3650 };

/**
 * Names a server's key and certificate, signed by the house's own authority.
 * @param name key of the secret, snake_case
 * @param hosts names and addresses it is valid for
 */
export function certificateSecret(name: string, hosts: readonly string[]): Secret {
  // Clients refuse server certificates that are valid for more than 397 days.
  return { secret: name, howToMake: { kind: 'certificate', issuer: houseAuthority.secret, hosts }, rotateDays: 365 };
}

/** Tells a secret from other setting values. */
export function isSecret(value: unknown): value is Secret {
  return typeof value === 'object' && value !== null && 'secret' in value && 'howToMake' in value;
}
