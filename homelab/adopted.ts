import type { AdoptedGuestProps } from '../constructs';

/** Guests that were there before this house, in Terraform's state as they are; `./house adopt` writes them. */
export const adopted: readonly AdoptedGuestProps[] = [];
