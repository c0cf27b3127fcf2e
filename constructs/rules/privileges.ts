import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { pathOf } from './path';

/** Nothing is asked of Terraform's API token that Proxmox VE grants to nobody but root. */
export function checkPrivileges(lab: HomelabProps): Problem[] {
  return lab.services
    .filter((service) => service.unprivileged === false)
    .map((service) => ({
      path: pathOf(lab, service),
      rule: 'a container is unprivileged: root in a privileged one is root on the host, and volumes are handed over to an unprivileged one only',
      got: 'unprivileged: false',
      remedy: "drop it; give the guest what it lacks on the host, e.g. a volume with 'keeps' or the card with 'gpu'",
    }));
}
