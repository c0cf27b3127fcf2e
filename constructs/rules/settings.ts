import { inspect } from 'node:util';
import { parseCidr } from '../core/ipv4';
import type { Problem } from '../core/problem';
import type { LabFacts, Setting } from '../core/setting';
import type { HomelabProps } from '../homelab-props';
import { factsOf } from '../lab-facts';
import { pathOf } from './path';
import { isObject } from './shape/form';
import { setting as formOfSetting } from './shape/service-form';

/** Every setting that looks at the house finds what it asks for. */
export function checkSettings(lab: HomelabProps, declared: ReadonlySet<string>): Problem[] {
  const facts = factsToCheck(lab, declared);
  if (!facts) return [];
  return settingsOf(lab).flatMap(({ path, at, settings }) =>
    Object.entries(settings).flatMap(([name, setting]) => {
      try {
        return checkValue(path, `${at}.${name}`, readSetting(setting, facts));
      } catch (error) {
        const rule = `the setting '${name}' can be read from the house`;
        return [{ path, rule, got: (error as Error).message, remedy: 'correct the setting, or declare what it asks for' }];
      }
    }),
  );
}

/** All settings of the house, of services and of the host's roles, each group with its place. */
export function settingsOf(lab: HomelabProps): { readonly path: string; readonly at: string; readonly settings: Readonly<Record<string, Setting>> }[] {
  return [
    ...lab.services.map((service) => ({ path: pathOf(lab, service), at: 'settings', settings: service.settings ?? {} })),
    ...Object.entries(lab.host.settings ?? {}).map(([role, settings]) => ({ path: 'host', at: `settings.${role}`, settings: settings ?? {} })),
  ];
}

/** What a setting that looks at the house finds there has the form of a setting as well. */
function checkValue(path: string, at: string, value: unknown): Problem[] {
  return formOfSetting(value, at).map((misfit) => ({
    path,
    rule: `'${misfit.at}' is ${misfit.expected}`,
    got: inspect(misfit.got, { depth: 1, maxStringLength: 60 }),
    remedy: misfit.remedy ?? `correct '${misfit.at}'`,
  }));
}

/** Functions come one inside the other at most this often. */
const DEEPEST = 12;

/** A setting with its functions called, wherever they stand; nothing else is filled in. */
function readSetting(setting: unknown, facts: LabFacts, depth = 0): unknown {
  if (depth > DEEPEST) return undefined;
  if (typeof setting === 'function') return readSetting((setting as (lab: LabFacts) => unknown)(facts), facts, depth + 1);
  if (Array.isArray(setting)) return setting.map((item) => readSetting(item, facts, depth + 1));
  if (!isObject(setting)) return setting;
  return Object.fromEntries(Object.entries(setting).map(([name, inner]) => [name, readSetting(inner, facts, depth + 1)]));
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
