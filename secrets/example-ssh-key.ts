import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The public key that homelab/keys.ts is shipped with; its private half was thrown away. */
export const EXAMPLE_BLOB = 'AAAAC3NzaC1lZDI1NTE5AAAAIKaIkoN1OYLWqykhXPc+/p4DIOlw0v4nGQ9KkPmuBnF/';

/** What synth writes and machines get keys from. */
const EMITTED = ['ansible/inventories', 'stacks'];

/** Says that a machine would let in the shipped example key alone, or nothing when no emitted file has it. */
export function exampleSshProblem(root: string): string | undefined {
  const has = EMITTED.map((folder) => join(root, 'cdktf.out', folder)).filter((folder) => existsSync(folder)).some((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ya?ml|json)$/.test(entry.name))
      .some((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8').includes(EXAMPLE_BLOB)),
  );
  return has ? 'the SSH key in homelab/keys.ts is the shipped example, which opens nothing for anybody; put in your own (~/.ssh/id_ed25519.pub), then: make synth' : undefined;
}
