import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { formerNamesOf } from '../service/service-props';
import { pathOf } from './path';

/** A former name leads to one service: two that claim it would share one guest and one dataset. */
export function checkFormerNames(lab: HomelabProps): Problem[] {
  const owners = new Map<string, string>([
    ...lab.services.map(({ name }) => [name, `the service '${name}'`] as const),
    ...(lab.retired ?? []).map(({ name }) => [name, `the retired '${name}'`] as const),
  ]);
  return lab.services.flatMap((service) =>
    formerNamesOf(service).flatMap((former) => {
      const owner = owners.get(former);
      owners.set(former, `the former name of '${service.name}'`);
      if (owner === undefined) return [];
      const rule = 'a former name belongs to one service alone; its guest and its dataset follow the name';
      return [{ path: pathOf(lab, service), rule, got: `'${former}', which is ${owner}`, remedy: "correct 'formerly', or give the other one another name" }];
    }),
  );
}
