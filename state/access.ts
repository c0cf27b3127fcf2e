import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { splitPem } from '../secrets/certificates';
import type { SecretValues } from '../secrets/generate';
import { openValues } from '../secrets/make-missing';
import { readManifest } from '../secrets/manifest';
import { Refusal } from '../common/refusal';
import type { Credentials, ObjectStore } from './object-store';
import { authorityPath, privateFolder, readStoreFacts, s3Block, type Site } from './site';

/** Secrets that the state needs, whatever the engine. */
export const STATE_SECRETS = {
  accessKeyId: 'state_access_key_id',
  secretAccessKey: 'state_secret_access_key',
  authority: 'house_authority',
  rootUser: 'minio_root_user',
  rootPassword: 'minio_root_password',
} as const;

/** Secrets of a site, decrypted in memory when they are first asked for. */
export class Access {
  private opened: SecretValues | undefined;

  constructor(readonly site: Site) {}

  /** One value. @throws Refusal saying how to make it */
  secret(name: string): string {
    const value = this.values()[name];
    if (!value) throw new Refusal(`secret '${name}' is not there; nothing was run. Make it with: make secrets`);
    return value;
  }

  /** @throws Refusal naming every secret that Terraform, the state or the object store's guest needs and that is not there */
  requireAll(): void {
    const specs = readManifest(join(this.site.root, 'cdktf.out', 'secrets', 'manifest.json'));
    const { guest } = readStoreFacts(this.site);
    const used = specs.filter(({ consumer, usedBy }) => consumer !== 'ansible' || usedBy.includes(guest)).map(({ name }) => name);
    const needed = new Set([...Object.values(STATE_SECRETS), ...used]);
    const missing = [...needed].filter((name) => !this.values()[name]);
    if (missing.length) throw new Refusal(`the secrets '${missing.join("', '")}' are not there; nothing was run. Make them with: make secrets`);
  }

  /** Terraform's key, which may touch only the state's bucket. */
  key(): Credentials {
    return { accessKeyId: this.secret(STATE_SECRETS.accessKeyId), secretAccessKey: this.secret(STATE_SECRETS.secretAccessKey) };
  }

  /** The key of the user who may do everything. */
  admin(): Credentials {
    return { accessKeyId: this.secret(STATE_SECRETS.rootUser), secretAccessKey: this.secret(STATE_SECRETS.rootPassword) };
  }

  /**
   * The object store, as a user of it reaches it. Writes the authority's certificate, which is public, where Terraform
   * looks for it.
   * @param endpoint where it is. @default - as the stack `foundation` says
   */
  store(credentials: Credentials, endpoint: string = s3Block(this.site, 'foundation').endpoints.s3): ObjectStore {
    const path = authorityPath(this.site);
    const { certificatePem } = splitPem(this.secret(STATE_SECRETS.authority));
    privateFolder(this.site.base);
    if (!existsSync(path) || readFileSync(path, 'utf8') !== certificatePem) writeFileSync(path, certificatePem);
    return { endpoint, authorityPath: path, credentials };
  }

  private values(): SecretValues {
    this.opened ??= openValues(this.site.secrets);
    return this.opened;
  }
}
