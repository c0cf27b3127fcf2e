import { askedSecret, type Secret } from './core/secret';
import { secretsIn } from './core/setting';
import type { HomelabProps } from './homelab-props';
import { tokenRotateDays } from './host/token-rights';
import { factsOf } from './lab-facts';
import { offHostSecrets } from './storage/off-host';

/** Terraform's API token, which Proxmox VE makes and shows once. */
export function apiTokenSecret({ host }: HomelabProps): Secret {
  return askedSecret('proxmox_api_token', 'made on the host by: ./house secrets make-token', tokenRotateDays(host.apiToken), 'proxmox-api-token');
}

/** Secrets that the host itself is given: for the copy elsewhere, and those named in its settings. */
export function hostSecrets(lab: HomelabProps): readonly Secret[] {
  const { offHost } = lab.storage.backup;
  const facts = factsOf(lab);
  const named = Object.values(lab.host.settings ?? {}).flatMap((settings) => Object.values(settings ?? {}).flatMap((setting) => secretsIn(setting, facts)));
  return [...(offHost ? offHostSecrets(offHost) : []), ...named];
}
