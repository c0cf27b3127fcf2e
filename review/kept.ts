/** What is read of a stack's Terraform configuration in JSON. */
export interface KeepingStack {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, { readonly lifecycle?: unknown }>>>>;
}

/** Addresses of what a stack itself keeps from being destroyed, by `prevent_destroy`: no plan and no state says so. */
export const keptIn = ({ resource }: KeepingStack): ReadonlySet<string> =>
  new Set(
    Object.entries(resource ?? {}).flatMap(([type, named]) =>
      Object.entries(named)
        .filter(([, { lifecycle }]) => [lifecycle].flat().some((block) => (block as { prevent_destroy?: unknown } | undefined)?.prevent_destroy === true))
        .map(([name]) => `${type}.${name}`),
    ),
  );
