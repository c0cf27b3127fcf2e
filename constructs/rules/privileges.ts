import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { pathOf } from './path';

/** Nothing is asked of Terraform's API token that Proxmox VE grants to nobody but root, or to a stronger token. */
export function checkPrivileges(lab: HomelabProps): Problem[] {
  const { extraPrivileges } = lab.host.apiToken;
  const problems: Problem[] = lab.services
    .filter((service) => service.unprivileged === false && !extraPrivileges.includes('Sys.Modify'))
    .map((service) => ({
      path: pathOf(lab, service),
      rule: 'a privileged container needs Sys.Modify, which the API token lacks',
      got: 'unprivileged: false',
      remedy: "keep it unprivileged, or add 'Sys.Modify' to host.apiToken.extraPrivileges",
    }));
  if (!extraPrivileges.includes('Sys.AccessNetwork')) {
    problems.push({
      path: 'host',
      rule: 'images are downloaded by the host, for which the API token needs Sys.AccessNetwork',
      got: extraPrivileges.join(', ') || 'no extra privileges',
      remedy: "add 'Sys.AccessNetwork' to host.apiToken.extraPrivileges",
    });
  }
  return problems;
}
