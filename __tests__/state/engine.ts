import { ENGINES } from '../../state/engines/engine';
import type { ObjectStoreEngine } from '../../state/object-store';
import type { Tool } from '../../rehearsal/protocol/reattach';
import { terraformPath, toolPath } from '../../tools/tool-path';
import { ensureTools } from '../tools/ensure-tools';

const role = process.env.HOMELAB_TEST_ENGINE ?? 'seaweedfs';

/** The engine under test: the house's own, or the one that HOMELAB_TEST_ENGINE names. */
export const ENGINE: ObjectStoreEngine = ENGINES.find((engine) => engine.role === role)!;

/** Whether an engine is the second one to run the suite: the same tests, with fewer rounds of those that repeat themselves. */
export const AGAIN = 'HOMELAB_TEST_ENGINE' in process.env;

/** Installs what an engine needs, and what the state needs besides. */
export function ensureEngine(engine = ENGINE): void {
  ensureTools('age', 'sops', ...(engine.role === 'minio' ? (['minio', 'mc'] as const) : (['seaweedfs'] as const)));
}

/** The Terraform under test: the machine's own, or the OpenTofu that HOMELAB_TEST_TERRAFORM=tofu names. */
export function ensureTerraform(): { readonly tool: Tool; readonly program: string } {
  if (process.env.HOMELAB_TEST_TERRAFORM !== 'tofu') return { tool: 'terraform', program: terraformPath() };
  ensureTools('tofu');
  return { tool: 'tofu', program: toolPath('tofu') };
}
