/** How to tell that a service is well. */
export type HealthCheck =
  | {
      /** `https` answers with a certificate of the house's own authority. */
      readonly kind: 'http' | 'https';
      readonly port: number;
      /** Path with leading slash. */
      readonly path: string;
      /** Text that the answer must hold; white space does not count. @default - any answer with status 200 */
      readonly expect?: string;
    }
  | { readonly kind: 'tcp'; readonly port: number }
  | {
      readonly kind: 'command';
      /** Command run inside the guest; exit code 0 is well. */
      readonly command: string;
    };

/** The check in one line, as a person would type it. */
export function describeHealth(health: HealthCheck, address: string): string {
  if (health.kind === 'command') return health.command;
  if (health.kind === 'tcp') return `tcp ${address}:${health.port}`;
  const expectation = health.expect ? ` expecting ${health.expect}` : '';
  return `GET ${health.kind}://${address}:${health.port}${health.path}${expectation}`;
}
