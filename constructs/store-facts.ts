import type { HomelabProps } from './homelab-props';
import type { Artefact } from './render/artefact';
import { roleOf } from './service/service-props';
import { formerStatePlaceOf } from './state-place';

/** Which guest keeps the state, the role that installs its object store, where the host keeps copies, and where the state moves from: what a backend block cannot say. */
export function storeFactsOf(lab: HomelabProps): Artefact {
  const { state, services, storage } = lab;
  const store = services.find(({ name }) => name === state.service)!;
  const formerly = formerStatePlaceOf(lab);
  const beside = storage.datasets.find(({ mountpoint }) => `${storage.backup.path}/`.startsWith(`${mountpoint}/`))!;
  const copies = { pool: `/${storage.pool.name}`, folder: `${beside.mountpoint}/state` };
  const facts = { guest: state.service, role: roleOf(store), copies, ...(formerly && { formerly }) };
  return { path: 'ansible/store.json', content: `${JSON.stringify(facts, null, 2)}\n` };
}
