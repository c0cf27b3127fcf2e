import type { Secret } from '../core/secret';
import type { HomelabProps } from '../homelab-props';
import { labSecrets, type SecretConsumer } from '../lab-secrets';
import type { Artefact } from './artefact';

interface ManifestEntry {
  readonly name: string;
  readonly usedBy: readonly string[];
  readonly consumer: SecretConsumer;
  readonly howToMake: Secret['howToMake'];
  readonly kind: Secret['kind'];
  readonly rotateDays?: number;
  readonly renewal?: string;
}

/** Every secret the house needs: its name, who uses it, how it is made, how often it is made anew. Never a value. */
export function renderSecretsManifest(lab: HomelabProps): Artefact {
  const entries = new Map<string, ManifestEntry>();
  for (const { secret, usedBy, consumer } of labSecrets(lab)) {
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
  }
  const secrets = [...entries.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
  return { path: 'secrets/manifest.json', content: `${JSON.stringify({ secrets }, null, 2)}\n` };
}
