import { PveError } from './pve-error';
import type { PveNode } from './pve-node';

/** Who asks. */
export interface Caller {
  /** `root@pam`, or a token such as `terraform@pve!rehearsal`. */
  readonly authId: string;
  /** True only for the ticket of root@pam: PVE never takes a token for root. */
  readonly root: boolean;
  readonly privileges: ReadonlySet<string>;
}

/** root@pam with a ticket: may do everything. */
export const ROOT: Caller = { authId: 'root@pam', root: true, privileges: new Set() };

/**
 * Finds whose token it is.
 *
 * @param token - `USER@REALM!ID=SECRET`.
 * @throws PveError 401 when the token or its secret is not the node's.
 */
export function authenticate(node: PveNode, token: string): Caller {
  const [id, secret] = splitOnce(token, '=');
  const [user, tokenId] = splitOnce(id, '!');
  const known = node.tokens.find((candidate) => candidate.id === id);
  if (!known) throw new PveError(401, `no such token '${tokenId}' for user '${user}'`);
  if (known.secret !== secret) throw new PveError(401, 'invalid token value!');
  return { authId: id, root: false, privileges: new Set(known.privileges) };
}

/**
 * Demands a privilege.
 *
 * @param path - The object in PVE's access tree, such as `/storage/tank`; a token here holds its privileges on `/`.
 * @throws PveError 403 naming the path and the privilege.
 */
export function demand(caller: Caller, path: string, privilege: string): void {
  if (!caller.root && !caller.privileges.has(privilege)) {
    throw new PveError(403, `Permission check failed (${path}, ${privilege})`);
  }
}

/**
 * Demands the ticket of root@pam.
 *
 * @param act - PVE's words for what only root may do.
 * @throws PveError 403.
 */
export function demandRoot(caller: Caller, act: string): void {
  if (!caller.root) throw new PveError(403, `Permission check failed (${act} is only allowed for root@pam)`);
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}
