import type { HomelabProps } from './homelab-props';
import type { Artefact } from './render/artefact';
import { roleOf } from './service/service-props';

/** Which guest keeps the state, and the role that installs its object store: what a backend block cannot say. */
export function storeFactsOf({ state, services }: HomelabProps): Artefact {
  const store = services.find(({ name }) => name === state.service)!;
  return { path: 'ansible/store.json', content: `${JSON.stringify({ guest: state.service, role: roleOf(store) }, null, 2)}\n` };
}
