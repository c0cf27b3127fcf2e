/** A refusal of the provider itself, before any request to the node. */
export class ProviderRefusal extends Error {}
