import type { Rule } from '../rule';
import { changesNetwork } from './changes-network';
import { movesDisk, removesDevice, removesDisk, shrinksDisk } from './disks';
import { changesImported, importsGuest, importsStranger } from './imports-guest';
import { changesBackup, changesBridge, changesFirewall, changesPool, changesRight, forgetsResource, makesAgain, makesKept } from './kept-kinds';
import { destroysGuest, forgetsGuest, replacesGuest } from './loses-guest';
import { liftsPreventDestroy } from './lifts-prevent-destroy';
import { runsProgram, tellsProgram } from './provisioner';
import { recycledGuest } from './recycled-guest';
import { renamesGuest } from './renames-guest';
import { restartsGuest, restartsState } from './restarts';
import { makesPool, narrowsStorage, removesStorage } from './storage';
import { adoptsGuest, doublesDisk, doublesVmid, unknownVmid } from './takes-vmid';
import { changesTemplate, renewsImage } from './template';
import { undoesDrift } from './undoes-drift';
import { unknownChange, unknownType } from './unknown';
import { changesOsFamily, lowersGuest, stopsGuest, unprotectsGuest } from './weakens-guest';

/** Every rule, the worst first: the order in which a change's objections are told. */
export const RULES: readonly Rule[] = [
  recycledGuest,
  renamesGuest,
  destroysGuest,
  replacesGuest,
  adoptsGuest,
  importsStranger,
  doublesVmid,
  unknownVmid,
  doublesDisk,
  removesStorage,
  makesPool,
  removesDisk,
  shrinksDisk,
  movesDisk,
  changesTemplate,
  unprotectsGuest,
  liftsPreventDestroy,
  changesBackup,
  forgetsGuest,
  importsGuest,
  changesImported,
  unknownType,
  unknownChange,
  runsProgram,
  stopsGuest,
  changesOsFamily,
  restartsState,
  restartsGuest,
  changesNetwork,
  removesDevice,
  narrowsStorage,
  changesRight,
  changesFirewall,
  changesBridge,
  changesPool,
  lowersGuest,
  renewsImage,
  undoesDrift,
  makesAgain,
  makesKept,
  tellsProgram,
  forgetsResource,
];
