import { PveError } from '../node/pve-error';

const ATTEMPTS = 3;

/**
 * Creates a guest with the habit of the real provider: any answer of 500 or above is tried again, and "already
 * exists" on a second attempt counts as success. This is how a taken VMID is silently adopted.
 *
 * @param attempt - The request.
 * @throws PveError the last refusal.
 */
export function createWithRetry(attempt: () => void): void {
  for (let count = 1; ; count += 1) {
    try {
      attempt();
      return;
    } catch (error) {
      if (!(error instanceof PveError) || error.status < 500) throw error;
      if (count > 1 && error.reason.includes('already exists')) return;
      if (count === ATTEMPTS) throw error;
    }
  }
}
