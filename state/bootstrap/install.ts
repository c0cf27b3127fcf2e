import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { makeCertificate, splitPem } from '../../secrets/certificates';
import { runPlaybook } from '../../secrets/playbook';
import { Refusal } from '../../common/refusal';
import { STATE_SECRETS } from '../access';
import { readStoreFacts } from '../site';
import type { Bootstrap, Step } from './bootstrap';

/** Runs the playbook of the object store's guest, which installs the server with the house's certificate. */
async function installByAnsible({ site }: Bootstrap): Promise<void> {
  const code = await runPlaybook(site.secrets, `guests/${readStoreFacts(site).guest}`);
  if (code !== 0) throw new Refusal(`installing the object store failed: ansible-playbook ended with ${code}, see above`);
}

/** Starts the same server on this machine, with a certificate of the same authority. */
async function startServer(bootstrap: Bootstrap): Promise<void> {
  const { site, access, engine, say } = bootstrap;
  const authority = access.secret(STATE_SECRETS.authority);
  const certificateFolder = join(site.base, 'server');
  rmSync(certificateFolder, { recursive: true, force: true });
  bootstrap.server = await engine.serve({
    dataFolder: join(site.base, 'objects'),
    certificateFolder,
    authorityPem: splitPem(authority).certificatePem,
    ...splitPem(await makeCertificate(authority, ['127.0.0.1'])),
    admin: access.admin(),
  });
  say(`the rehearsal's object store answers at ${bootstrap.server.endpoint}`);
}

/** Brings the object store up. */
export const install = (site: { readonly kind: string }): Step =>
  site.kind === 'real'
    ? { name: 'install', title: 'install the object store by Ansible', run: installByAnsible }
    : { name: 'install', title: 'start an object store on this machine', always: true, run: startServer };
