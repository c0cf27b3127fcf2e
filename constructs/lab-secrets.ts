import { rootPassword } from './core/installation';
import { askedSecret, houseAuthority, randomSecret, type Secret } from './core/secret';
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

/** Which tool reads a secret. */
export type SecretConsumer = 'ansible' | 'terraform' | 'environment';

/** A secret where the definition names it. */
export interface NamedSecret {
  readonly secret: Secret;
  /** A service, the host, or what else uses it. */
  readonly usedBy: string;
  readonly consumer: SecretConsumer;
}

/** Secrets that the house needs whatever its services are. */
const ofTheHouse: readonly NamedSecret[] = [
  { secret: randomSecret('state_access_key_id', 20), usedBy: 'state', consumer: 'environment' },
  { secret: randomSecret('state_secret_access_key', 40), usedBy: 'state', consumer: 'environment' },
];

/** Every secret of the house, once for each that uses it: its own ones first. */
export function labSecrets(lab: HomelabProps): NamedSecret[] {
  const facts = factsOf(lab);
  const forAnsible = (usedBy: string) => (secret: Secret): NamedSecret => ({ secret, usedBy, consumer: 'ansible' });
  return [
    { secret: apiTokenSecret(lab), usedBy: 'terraform', consumer: 'terraform' },
    forAnsible('every machine')(houseAuthority(facts)),
    ...ofTheHouse,
    ...(lab.host.install ? [forAnsible('installation')(rootPassword)] : []),
    ...hostSecrets(lab).map(forAnsible(lab.host.nodeName)),
    ...lab.services.flatMap(({ name, settings = {} }) => Object.values(settings).flatMap((setting) => secretsIn(setting, facts)).map(forAnsible(name))),
  ];
}
