/** How a secret comes to be: made at random, or asked of the owner because another party issues it. */
export type HowToMake =
  | { readonly kind: 'random'; readonly length: number }
  | { readonly kind: 'hex'; readonly bytes: number }
  | { readonly kind: 'ask'; readonly hint: string };

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

/** Tells a secret from other setting values. */
export function isSecret(value: unknown): value is Secret {
  return typeof value === 'object' && value !== null && 'secret' in value && 'howToMake' in value;
}
