import type { HomelabProps } from './homelab-props';
import type { Artefact } from './render/artefact';
import { roleOf } from './service/service-props';
import { formerStatePlaceOf } from './state-place';

/** Which guest keeps the state, the role that installs its object store, and where the state moves from: what a backend block cannot say. */
export function storeFactsOf(lab: HomelabProps): Artefact {
  const { state, services } = lab;
  const store = services.find(({ name }) => name === state.service)!;
  const formerly = formerStatePlaceOf(lab);
  const facts = { guest: state.service, role: roleOf(store), ...(formerly && { formerly }) };
  return { path: 'ansible/store.json', content: `${JSON.stringify(facts, null, 2)}\n` };
}
