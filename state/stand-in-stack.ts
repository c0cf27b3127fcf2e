/** Parts of a synthesized stack that are looked at here. */
interface Stack {
  readonly terraform?: { readonly backend?: unknown };
  readonly variable?: unknown;
  readonly resource?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** Terraform's own resource, which needs no provider and no machine. */
const OWN = 'terraform_data';

/** A value as plain text for Terraform: references to what is not there would be errors. */
function inert(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value).replaceAll(/[$%](?=\{)/g, (sign) => sign + sign)) as unknown;
}

/**
 * A stack with a state of the same size and shape of names, that touches nothing: each resource of a provider becomes
 * one of Terraform's own which keeps the configuration. What the resources themselves do is another rehearsal
 * (`make rehearse`); this one is about where the state goes.
 */
export function standInStack({ terraform, variable, resource }: Stack): Record<string, unknown> {
  const resources = Object.entries(resource ?? {}).flatMap(([type, named]) =>
    Object.entries(named).map(([name, config]) => (type === OWN ? [name, config] : [`${type}-${name}`, { input: inert(config) }])),
  );
  return { terraform: { backend: terraform?.backend }, variable, resource: { [OWN]: Object.fromEntries(resources) as unknown } };
}
