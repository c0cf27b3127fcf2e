import { inspect } from 'node:util';
import type { Problem } from '../../core/problem';
import type { HomelabProps } from '../../homelab-props';
import type { ServiceProps } from '../../service/service-props';
import { isObject, type Misfit } from './form';
import { houseForm, parts } from './house-form';
import { serviceForm } from './service-form';

/** What the form of a definition says about it. */
export interface ShapeReport {
  readonly problems: readonly Problem[];
  /** Whether the house itself has the form that other rules trust. */
  readonly isHouse: boolean;
  /** Services that have it. */
  readonly sound: readonly ServiceProps[];
}

/**
 * Checks that a definition has every field it needs, of the right kind, and none that nobody reads.
 * The compiler says the same in an editor; a plain synth does not run the compiler.
 */
export function checkShape(lab: HomelabProps): ShapeReport {
  const given: Readonly<Record<string, unknown>> = isObject(lab) ? lab : {};
  const ofHouse = [
    ...toProblems(nameOf(given) ?? 'homelab', houseForm(lab, '')),
    ...Object.entries(parts).flatMap(([name, { path, form }]) => toProblems(path, form(given[name], ''))),
  ];
  const services = Array.isArray(given['services']) ? Array.from(given['services'] as readonly unknown[]) : [];
  const sound: ServiceProps[] = [];
  const ofServices = services.flatMap((service, index) => {
    const misfits = serviceForm(service, '');
    if (misfits.length === 0) sound.push(service as ServiceProps);
    return toProblems(servicePath(given, service, index), misfits);
  });
  return { problems: [...ofHouse, ...ofServices], isHouse: ofHouse.length === 0, sound };
}

/** Longest name that is shown, above the 63 characters of a DNS label. */
const SHOWN = 80;

/** Name of a house or a service, when it has one that can be shown. */
function nameOf({ name }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof name === 'string' && name !== '' ? name.slice(0, SHOWN) : undefined;
}

/** Construct path of what may be no service at all: by its name, else by its place in the list. */
function servicePath(lab: Readonly<Record<string, unknown>>, service: unknown, index: number): string {
  const name = (isObject(service) ? nameOf(service) : undefined) ?? `[${index}]`;
  const isStore = isObject(lab['state']) && lab['state']['service'] === name;
  return `${isStore ? 'foundation' : 'services'}/${name}`;
}

function toProblems(path: string, misfits: readonly Misfit[]): Problem[] {
  return misfits.map(({ at, expected, got, remedy }) => ({
    path,
    rule: at === '' ? `this is ${expected}` : `'${at}' is ${expected}`,
    got: got === undefined ? 'nothing' : inspect(got, { depth: 1, breakLength: Infinity, maxStringLength: 60, maxArrayLength: 4 }),
    remedy: remedy ?? `${got === undefined ? 'declare' : 'correct'} ${at === '' ? 'it' : `'${at}'`}`,
  }));
}
