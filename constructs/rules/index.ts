import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { checkCapacity } from './capacity';
import { checkClearText } from './clear-text';
import { checkDependencies } from './dependencies';
import { checkGpu } from './gpu';
import { checkIdentity } from './identity';
import { checkImages } from './images';
import { checkKernel } from './kernel';
import { checkLabels } from './labels';
import { checkMachine } from './machine';
import { checkNetwork } from './network';
import { pathOf } from './path';
import { checkPool } from './pool';
import { checkPorts } from './ports';
import { checkPrivileges } from './privileges';
import { checkShape } from './shape';
import { checkSshKeys } from './ssh-keys';
import { checkState } from './state';
import { checkVolumes } from './volumes';

const rules: readonly ((lab: HomelabProps) => Problem[])[] = [
  checkMachine,
  checkNetwork,
  checkPool,
  checkImages,
  checkSshKeys,
  checkState,
  checkIdentity,
  checkPorts,
  checkLabels,
  checkVolumes,
  checkDependencies,
  checkGpu,
  checkPrivileges,
  checkClearText,
  checkKernel,
  checkCapacity,
];

/**
 * Everything that is wrong with a definition, all at once; an empty list means that it may be built.
 * A service that lacks fields is reported for that and left out of the other rules, so that they can trust the rest.
 */
export function checkHomelab(lab: HomelabProps): Problem[] {
  const shapes = new Map(lab.services.map((service) => [service, checkShape(service, pathOf(lab, service))]));
  const sound = lab.services.filter((service) => shapes.get(service)!.length === 0);
  const rest = { ...lab, services: sound };
  return [...[...shapes.values()].flat(), ...rules.flatMap((rule) => rule(rest))];
}
