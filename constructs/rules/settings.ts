import { parseCidr } from '../core/ipv4';
import type { Problem } from '../core/problem';
import { resolveSetting } from '../core/setting';
import type { HomelabProps } from '../homelab-props';
import { factsOf } from '../lab-facts';
import { pathOf } from './path';

/** Every setting that looks at the house finds what it asks for. */
export function checkSettings(lab: HomelabProps, declared: ReadonlySet<string>): Problem[] {
  // Without a network there are no facts to look at; another rule reports that.
  if (!parseCidr(lab.host.bridge.address)) return [];
  const facts = factsOf(lab);
  const known = { ...facts, addressOf: (name: string) => (declared.has(name) ? '' : facts.addressOf(name)) };
  return lab.services.flatMap((service) =>
    Object.entries(service.settings ?? {}).flatMap(([name, setting]) => {
      try {
        resolveSetting(setting, known);
        return [];
      } catch (error) {
        const rule = `the setting '${name}' can be read from the house`;
        return [{ path: pathOf(lab, service), rule, got: (error as Error).message, remedy: 'correct the setting, or declare what it asks for' }];
      }
    }),
  );
}
