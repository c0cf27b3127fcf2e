import type { HomelabProps } from '../homelab-props';
import { factsOf } from '../lab-facts';
import type { Artefact } from './artefact';

/** What the command line `care` knows of the house: how each guest is asked, and what it stands on. Never a secret. */
export function renderCareManifest(lab: HomelabProps): Artefact {
  const guests = [...lab.services]
    .sort((left, right) => left.vmId - right.vmId)
    .map(({ name, vmId, address, health, needs }) => ({ name, vmId, address, health, needs: needs ?? [] }));
  const manifest = { host: { name: lab.host.nodeName, address: factsOf(lab).hostAddress }, guests };
  return { path: 'care/manifest.json', content: `${JSON.stringify(manifest, null, 2)}\n` };
}
