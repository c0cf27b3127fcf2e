import type { PveNode } from '../node/pve-node';
import type { Relative } from './relative';

/** A story to rehearse: a node, what happens, and what must come of it. */
export interface Scenario {
  readonly title: string;
  /** Why it is worth rehearsing, in a sentence or two. */
  readonly why: string;
  /** Parts of the node that differ from a blank one. */
  readonly node?: Partial<PveNode>;
  /** GiB left on the pools; in percent of what the disks of all guests take. */
  readonly poolRoom?: Relative;
  /** The nth guest to be created fails, on every attempt; in percent of all guests. */
  readonly failsAtGuest?: { readonly nth: Relative; readonly reason: string; };
  /** VMID on which a guest of somebody else stands. */
  readonly stranger?: number | 'any';
  /** Privileges the token lacks. */
  readonly revoke?: readonly string[];
  readonly journey: readonly JourneyStep[];
}

/** One step of a journey. */
export type JourneyStep =
  | { readonly up: UpStep | null; }
  | { readonly byHand: HandStep; }
  | { readonly down: DownStep | null; };

/** Bring every stack to what it defines, in order. */
export interface UpStep {
  /** Kill the tool, as with kill -9, when so many guests were made in this step; in percent of all guests. */
  readonly killAfterGuests?: Relative;
  /** What the user allows, each `RULE:VMID` or `RULE:ADDRESS`. */
  readonly allow?: readonly string[];
  /** `refused`: first bring in with `terraform import` what the guard did not let the step before take over. */
  readonly import?: 'refused';
  /** Restarts announced to the guard; in percent of all guests. */
  readonly reboots?: Relative;
  readonly expect?: Expectation;
}

/** Destroy every stack, the last one first, after showing that its protections hold. */
export interface DownStep {
  readonly expect?: Expectation;
}

/**
 * Something a person does on the node, past Terraform. `any` is the lowest running guest that is no template; before
 * there is one, the lowest that is defined.
 */
export interface HandStep {
  /** Stop a guest. */
  readonly stop?: number | 'any';
  /** Delete a guest with its disks. */
  readonly remove?: number | 'any';
  /** Change the memory of a guest; in percent of what it has, or beyond it. */
  readonly setMemoryMiB?: { readonly guest: number | 'any'; readonly memoryMiB: Relative; };
  /** Every address on the internet now serves a file of this size. */
  readonly renewDownloadsMiB?: number;
  /** Make room: nothing but volumes of PVE is left on the disk of that name, or on every pool. */
  readonly clearDisk?: string | 'pools';
  /** Nothing fails on purpose any more. */
  readonly repair?: boolean;
  /** Give privileges to the tokens. */
  readonly grant?: readonly string[];
}

/** How a step must end; what is not said is not looked at. */
export interface Expectation {
  /** Default `done`. */
  readonly ends?: Ending;
  /** Stack at which it ends. */
  readonly stack?: string;
  /** Rule of the guard, when it refuses. */
  readonly rule?: string;
  /** VMIDs the guard refuses. */
  readonly refused?: readonly (number | 'any')[];
  /** Texts the error messages contain. */
  readonly says?: readonly string[];
  /** VMIDs of guests that appeared on the node, were to be changed in place or replaced, and went from the node. */
  readonly created?: readonly (number | 'any')[];
  readonly changed?: readonly (number | 'any')[];
  readonly replaced?: readonly (number | 'any')[];
  readonly destroyed?: readonly (number | 'any')[];
  /** VMIDs of guests that were restarted. */
  readonly restarted?: readonly (number | 'any')[];
}

/** How a step ends: as it should, refused by the guard, failed in the tool, or killed on purpose. */
export type Ending = 'done' | 'refused' | 'failed' | 'killed';
