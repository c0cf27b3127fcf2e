import type { HomelabProps } from './homelab-props';

/** Where states are kept. */
export interface StatePlace {
  /** E.g. `https://192.168.88.228:9000`. */
  readonly endpoint: string;
  readonly bucket: string;
}

/** A place for a person. */
export const statePlaceText = ({ endpoint, bucket }: StatePlace): string => `${endpoint}, bucket '${bucket}'`;

/** Where the definition keeps the state; undefined while it names no service of the house for that. */
export function statePlaceOf({ state, services }: HomelabProps): StatePlace | undefined {
  const store = services.find(({ name }) => name === state.service);
  return store && { endpoint: `https://${store.address}:${state.port}`, bucket: state.bucket };
}

/** Where the definition says that the state was; undefined when it stays where it is. */
export function formerStatePlaceOf({ state, services }: HomelabProps): StatePlace | undefined {
  const { formerly } = state;
  const address = formerly?.address ?? services.find(({ name }) => name === state.service)?.address;
  return formerly && address !== undefined ? { endpoint: `https://${address}:${formerly.port ?? state.port}`, bucket: formerly.bucket ?? state.bucket } : undefined;
}

/**
 * Says that a definition looks for the state where the one before it did not, and does not say that it moves.
 * @param before where the output that is replaced keeps it; undefined when there is none
 */
export function movedUnsaid(lab: HomelabProps, before: StatePlace | undefined): string[] {
  const [from, to] = [formerStatePlaceOf(lab), statePlaceOf(lab)];
  if (!before || !to || [to, from].some((place) => place && statePlaceText(place) === statePlaceText(before))) return [];
  return [`THE STATE WAS READ AT ${statePlaceText(before)} UNTIL NOW, and would be looked for at ${statePlaceText(to)}: say 'state.formerly' and move it (docs/state/move.md)`];
}
