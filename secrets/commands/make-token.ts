import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { putValues } from '../make-missing';
import { inMemory } from '../../common/memory';
import { runPlaybook } from '../playbook';
import { Refusal } from '../../common/refusal';
import { refuseExample } from '../store';
import { readHostToken } from '../token/host';
import type { Command } from './command';

const NAME = 'proxmox_api_token';

/** `make-token`: from the host straight into the encrypted file. The host shows the token's secret only once. */
export const makeToken: Command = {
  words: '[-- ANSIBLE_ARGUMENTS...]',
  summary: "brings the host up by Ansible, as root over SSH, and encrypts the API token that is made on the way",
  run({ root, store, specs, say }, args) {
    refuseExample(store);
    const spec = specs().filter(({ name }) => name === NAME);
    const { id } = readHostToken(root);
    const [user, token] = id.split('!');
    return inMemory(async (folder) => {
      const file = join(folder, 'secret');
      const code = await runPlaybook(store, 'metal', ['-e', `pve_init_api_token_secret_file=${file}`, ...args]);
      // What comes after the token may have failed; the token is kept all the same.
      if (existsSync(file)) {
        putValues(store, spec, { [NAME]: `${id}=${readFileSync(file, 'utf8').trim()}` });
        say(`made ${NAME}, encrypted it in tfvars.sops.json; commit that file`);
      }
      if (code !== 0) throw new Refusal(`ansible-playbook ended with exit code ${code}, see above; mend it and run again`);
      if (!existsSync(file)) {
        say(`the host has the token ${id} already, and shows its secret no more. If it is lost or has ended, type on the host, then here again:`);
        say(`  pveum user token remove ${user} ${token}`);
      }
      return 0;
    });
  },
};
