import type { PveNode } from '../node/pve-node';

/** Everything the stand-in providers act on. None of it is on a disk or a network. */
export interface World {
  readonly node: PveNode;
  /** Contents of the files that local_file has written, by path. */
  readonly files: Map<string, string>;
  /** Counts what needs a number of its own. */
  made: number;
  /** Called when a guest was made, before Terraform hears of it. */
  guestMade?: (vmid: number) => void;
}
