import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { pythonTool } from '../tools/tool-path';
import { execute } from './exec';
import { Refusal } from '../common/refusal';
import type { SecretStore } from './store';

/**
 * Runs an emitted playbook with secrets.
 * @param name below `playbooks/`, without ending, e.g. `guests/minio`
 * @param args more of ansible-playbook's own arguments
 * @returns the exit code
 */
export function runPlaybook(store: SecretStore, name: string, args: readonly string[] = []): Promise<number> {
  const path = join(store.root, 'cdktf.out', 'ansible', 'playbooks', `${name}.yml`);
  if (!existsSync(path)) throw new Refusal(`the playbook '${path}' is not there; nothing was run. Playbooks are written by: make synth`);
  // Ansible reads its settings, roles and inventory among them, from the folder it is started in.
  return execute(store, [pythonTool('ansible-playbook'), path, ...args], { folder: join(store.root, 'ansible') });
}
