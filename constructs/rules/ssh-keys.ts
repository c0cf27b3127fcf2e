import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';

/** Only ed25519 public keys may log in, and there is at least one. */
export function checkSshKeys(lab: HomelabProps): Problem[] {
  const path = lab.name;
  if (lab.sshKeys.length === 0) {
    return [{ path, rule: 'at least one SSH key may log in', got: 'none', remedy: 'add the public half of your ed25519 key' }];
  }
  return lab.sshKeys
    .filter((key) => !isEd25519(key))
    .map((key) => ({
      path,
      rule: 'an SSH key is an ed25519 public key in one line',
      got: `'${key.split(' ')[0]!.slice(0, 24)} …'`,
      remedy: 'make one with ssh-keygen -t ed25519 and give its .pub file',
    }));
}

/** An OpenSSH public key line of type ed25519: the decoded blob names its type and holds 32 bytes. */
function isEd25519(line: string): boolean {
  // More lines would be more keys, and a comment is printable ASCII that no tool interpolates.
  const blob = /^ssh-ed25519 (\S+)( [\x20-\x7e]*)?$/.exec(line)?.[1];
  if (!blob) return false;
  const bytes = Buffer.from(blob, 'base64');
  return bytes.length === 51 && bytes.subarray(4, 15).toString() === 'ssh-ed25519' && bytes.toString('base64') === blob;
}
