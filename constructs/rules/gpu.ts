import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { pathOf } from './path';

/** The graphics card exists and one guest has it. */
export function checkGpu(lab: HomelabProps): Problem[] {
  const users = lab.services.filter((service) => service.gpu);
  if (users.length === 0) return [];
  if (!lab.host.gpu) {
    const rule = 'a guest with a GPU needs a host with one';
    return users.map((service) => ({ path: pathOf(lab, service), rule, got: 'gpu: true', remedy: "declare 'gpu' of the host, or drop it here" }));
  }
  return users.slice(1).map((service) => ({
    path: pathOf(lab, service),
    rule: 'the graphics card belongs to one guest',
    got: `'${users[0].name}' and '${service.name}'`,
    remedy: 'give it to one of them',
  }));
}
