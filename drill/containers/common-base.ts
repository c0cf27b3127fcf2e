import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { playRoles } from './ansible';
import { Container } from './container';
import { cached, filesBelow, keepFolder, rootFolder } from './image';

const ROLES = join(__dirname, '..', '..', 'ansible', 'roles');
/** Roles that every guest's playbook begins with, in their order. */
export const COMMON_ROLES: readonly string[] = ['guest_base', 'node_exporter'];

/** What belongs to one machine, and must not be the same on all that are made of it. */
const FORGET = `rm -f /etc/ssh/ssh_host_* /root/.ssh/authorized_keys && ln -s /etc/pve/priv/authorized_keys /root/.ssh/authorized_keys
: >/etc/pve/priv/authorized_keys; : >/etc/machine-id; rm -rf /var/log/journal/*`;

/**
 * A folder with a guest on which the roles that all guests have ran already, for tests of one further role: they run again there, and find
 * their packages. Made on first use, kept under .cache until a file of those roles changes. Throws when they fail.
 */
export async function commonBase(): Promise<string> {
  const roles = COMMON_ROLES.flatMap((role) => filesBelow(join(ROLES, role)));
  const folder = cached('common-base', roles, `-${basename(rootFolder('guest')).slice(-25)}`);
  if (existsSync(folder)) return folder;
  const container = await Container.start('guest');
  try {
    const { status, failed, output } = playRoles(container, COMMON_ROLES, { variables: { guest_base_authorized_keys: [container.publicKey().trim()] } });
    if (status !== 0) throw new Error(`the roles of all guests failed: ${failed.join('\n')}\n${output.slice(-2000)}`);
    container.run(FORGET);
    await container.powerOff();
    keepFolder(folder, (fresh) => {
      const copy = spawnSync('cp', ['--archive', container.root, fresh], { encoding: 'utf8' });
      if (copy.status !== 0) throw new Error(`the common base cannot be kept: ${copy.stderr}`);
    });
  } finally {
    container.stop();
  }
  return folder;
}
