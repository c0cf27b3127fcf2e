import { secretsIn } from '../core/setting';
import { houseAuthority, randomSecret, type Secret } from '../core/secret';
import { rootPassword } from '../core/installation';
import type { HomelabProps } from '../homelab-props';
import { factsOf } from '../lab-facts';
import { apiTokenSecret, hostSecrets } from '../lab-secrets';
import type { Artefact } from './artefact';

/** Which tool reads a secret. */
export type SecretConsumer = 'ansible' | 'terraform' | 'environment';

interface ManifestEntry {
  readonly name: string;
  readonly usedBy: readonly string[];
  readonly consumer: SecretConsumer;
  readonly howToMake: Secret['howToMake'];
  readonly kind: Secret['kind'];
  readonly rotateDays?: number;
  readonly renewal?: string;
}

/** Secrets that the house needs whatever its services are. */
const ofTheHouse: readonly { readonly secret: Secret; readonly usedBy: string; readonly consumer: SecretConsumer }[] = [
  { secret: randomSecret('state_access_key_id', 20), usedBy: 'state', consumer: 'environment' },
  { secret: randomSecret('state_secret_access_key', 40), usedBy: 'state', consumer: 'environment' },
];

/** Every secret the house needs: its name, who uses it, how it is made, how often it is made anew. Never a value. */
export function renderSecretsManifest(lab: HomelabProps): Artefact {
  const facts = factsOf(lab);
  const entries = new Map<string, ManifestEntry>();
  const add = (secret: Secret, usedBy: string, consumer: SecretConsumer): void => {
    const known = entries.get(secret.secret);
    entries.set(secret.secret, {
      name: secret.secret,
      usedBy: [...new Set([...(known?.usedBy ?? []), usedBy])].sort(),
      consumer,
      howToMake: secret.howToMake,
      kind: secret.kind,
      ...(secret.rotateDays === undefined ? {} : { rotateDays: secret.rotateDays }),
      ...(secret.renewal === undefined ? {} : { renewal: secret.renewal }),
    });
  };
  add(apiTokenSecret(lab), 'terraform', 'terraform');
  add(houseAuthority(facts), 'every machine', 'ansible');
  for (const { secret, usedBy, consumer } of ofTheHouse) add(secret, usedBy, consumer);
  if (lab.host.install) add(rootPassword, 'installation', 'ansible');
  for (const secret of hostSecrets(lab)) add(secret, lab.host.nodeName, 'ansible');
  for (const service of lab.services) {
    for (const secret of Object.values(service.settings ?? {}).flatMap((setting) => secretsIn(setting, facts))) add(secret, service.name, 'ansible');
  }
  const secrets = [...entries.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  return { path: 'secrets/manifest.json', content: `${JSON.stringify({ secrets }, null, 2)}\n` };
}
