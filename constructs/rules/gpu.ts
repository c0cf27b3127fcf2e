import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { pathOf } from './path';

/** Whoever is given the graphics card finds one. */
export function checkGpu(lab: HomelabProps): Problem[] {
  const users = lab.services.filter((service) => service.gpu);
  if (users.length === 0) return [];
  if (!lab.host.gpu) {
    const rule = 'a guest with a GPU needs a host with one';
    return users.map((service) => ({ path: pathOf(lab, service), rule, got: 'gpu: true', remedy: "declare 'gpu' of the host, or drop it here" }));
  }
  return [];
}

/** Several containers may open one card; who computes most is decided by the driver, and its memory is shared. */
export function gpuNotices(lab: HomelabProps): string[] {
  const users = lab.services.filter((service) => service.gpu).map(({ name }) => name);
  return users.length > 1 ? [`the graphics card is shared by ${users.join(', ')}: its memory is divided by nobody, the first ones take it`] : [];
}
