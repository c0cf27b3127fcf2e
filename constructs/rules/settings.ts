import { parseCidr } from '../core/ipv4';
import type { Problem } from '../core/problem';
import { resolveSetting, type LabFacts } from '../core/setting';
import type { HomelabProps } from '../homelab-props';
import { factsOf } from '../lab-facts';
import { pathOf } from './path';

/** Every setting that looks at the house finds what it asks for. */
export function checkSettings(lab: HomelabProps, declared: ReadonlySet<string>): Problem[] {
  const facts = factsToCheck(lab, declared);
  if (!facts) return [];
  return lab.services.flatMap((service) =>
    Object.entries(service.settings ?? {}).flatMap(([name, setting]) => {
      try {
        resolveSetting(setting, facts);
        return [];
      } catch (error) {
        const rule = `the setting '${name}' can be read from the house`;
        return [{ path: pathOf(lab, service), rule, got: (error as Error).message, remedy: 'correct the setting, or declare what it asks for' }];
      }
    }),
  );
}

/**
 * Facts of a house that is still being judged: a service that is left out of it has an empty address.
 * `undefined` for a house without a network, which another rule reports.
 */
export function factsToCheck(lab: HomelabProps, declared: ReadonlySet<string>): LabFacts | undefined {
  if (!parseCidr(lab.host.bridge.address)) return undefined;
  const facts = factsOf(lab);
  const sound = new Set(lab.services.map(({ name }) => name));
  return { ...facts, addressOf: (name) => (declared.has(name) && !sound.has(name) ? '' : facts.addressOf(name)) };
}
