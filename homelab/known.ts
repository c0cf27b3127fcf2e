import type { KnownGuestProps } from '../constructs';

/** Guests on the host that this house does not manage; `./house adopt` writes this list. */
export const known: readonly KnownGuestProps[] = [];
