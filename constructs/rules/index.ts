import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import type { Roles } from '../service/role-options';
import { checkAdopted } from './adopted';
import { checkCapacity } from './capacity';
import { checkClearText } from './clear-text';
import { checkDatabases } from './databases';
import { checkDependencies } from './dependencies';
import { checkExposure } from './exposure';
import { checkFormerNames } from './former-names';
import { checkGpu } from './gpu';
import { checkGuests } from './guests';
import { checkHostSettings } from './host-settings';
import { checkIdentity } from './identity';
import { checkImages } from './images';
import { checkInstall } from './install';
import { checkKernel } from './kernel';
import { checkLabels } from './labels';
import { checkMachine } from './machine';
import { checkNetwork } from './network';
import { checkOffHost } from './off-host';
import { checkPool } from './pool';
import { checkPorts } from './ports';
import { checkPrivileges } from './privileges';
import { checkProvisioning } from './provisioning';
import { checkRoles } from './roles';
import { checkSaves } from './saves';
import { checkSecrets } from './secrets';
import { checkSettings } from './settings';
import { checkShape, type ShapeReport } from './shape/check-shape';
import { checkSshKeys } from './ssh-keys';
import { checkState } from './state';
import { checkVms } from './vms';
import { checkVolumes } from './volumes';

/** A rule over a house; `declared` are the names of all its services, also of those that are left out of `lab`. */
type Rule = (lab: HomelabProps, declared: ReadonlySet<string>) => Problem[];

const rules: readonly Rule[] = [
  checkMachine,
  checkInstall,
  checkNetwork,
  checkPool,
  checkOffHost,
  checkImages,
  checkSshKeys,
  checkState,
  checkIdentity,
  checkAdopted,
  checkFormerNames,
  checkPorts,
  checkExposure,
  checkLabels,
  checkVolumes,
  checkDatabases,
  checkDependencies,
  checkGpu,
  checkGuests,
  checkVms,
  checkPrivileges,
  checkProvisioning,
  checkSaves,
  checkSettings,
  checkSecrets,
  checkHostSettings,
  checkClearText,
  checkKernel,
  checkCapacity,
];

/** A definition is a program: a field of it may throw when it is read. */
function readShape(lab: HomelabProps): ShapeReport {
  try {
    return checkShape(lab);
  } catch (error) {
    const problem = { path: 'homelab', rule: 'every field of the definition can be read', got: String((error as Error)?.message ?? 'an error'), remedy: 'mend the function or getter that throws' };
    return { problems: [problem], isHouse: false, sound: [] };
  }
}

/**
 * Everything that is wrong with a definition, all at once; an empty list means that it may be built.
 * A service that lacks fields is reported for that and left out of the other rules, so that they can trust the rest;
 * of a house that lacks fields nothing else is looked at.
 * @param roles the roles that its services are held against. @default - they are not looked at
 */
export function checkHomelab(lab: HomelabProps, roles?: Roles): Problem[] {
  const { problems, isHouse, sound } = readShape(lab);
  if (!isHouse) return [...problems];
  const declared = new Set(lab.services.map((service) => service?.name));
  const judged = { ...lab, services: sound };
  return [...problems, ...rules.flatMap((rule) => rule(judged, declared)), ...(roles ? checkRoles(judged, roles) : [])];
}
