/** Longest create that the provider's SDK waits for, whatever is asked for (20 minutes), in seconds. */
export const createTimeoutSec = 1200;

/** Tag that marks a guest as this project's own, next to the tags of its service. */
export const ownerTag = 'homelab';

/** Tags as Proxmox VE gives them back: sorted, each once. A rule has refused those that are not lower case. */
export function canonicalTags(tags: readonly string[]): string[] {
  return [...new Set([ownerTag, ...tags])].sort();
}

/** Text that Terraform takes as it stands: what would begin an expression is doubled. */
export function literalText(text: string): string {
  return text.replace(/[$%](?=\{)/g, '$&$&');
}

/** Place of a guest in the start order of the host. */
export interface StartOrder {
  /** From 1. */
  readonly order: number;
  /** Seconds until the next guest; -1 leaves it to the host. */
  readonly upDelay: number;
  /** Seconds that its shutdown may take; -1 leaves it to the host. */
  readonly downDelay: number;
}
