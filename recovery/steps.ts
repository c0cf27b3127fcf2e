import { hostSteps } from './steps/host';
import { ownerSteps } from './steps/owner';
import { terraformSteps } from './steps/terraform';
import type { House } from './house';
import type { Step } from './step';

/** What the steps are made from. */
export interface StepOptions {
  readonly house: House;
  /** Git-ignored folder for the journal and for what one step leaves for another. */
  readonly folder: string;
  /** Whether nobody is there to be asked. */
  readonly unattended: boolean;
}

/** The way from a dead boot disk to a house in service, in the order in which nothing can be lost. */
export function rebuildSteps(options: StepOptions): Step[] {
  return [...ownerSteps(options), ...hostSteps(options), ...terraformSteps(options)];
}
