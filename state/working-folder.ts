import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { Refusal } from '../common/refusal';
import type { Credentials, ObjectStore } from './object-store';
import { localState, privateFolder, readStack, s3Block, stackFolder, type Site, type StackName } from './site';
import { standInStack } from './stand-in-stack';
import { terraform, type TerraformRun } from './terraform';

/** Terraform merges a file of this name over the others: it replaces the synthesized backend. */
const OVERRIDE = 'backend_override.tf.json';

function writeBackend(folder: string, file: string, backend: Record<string, unknown>): void {
  writeFileSync(join(folder, file), `${JSON.stringify({ terraform: { backend } }, null, 2)}\n`);
}

/** Folders lie three levels below the base, as the synthesized ones below the project: relative paths still hold. */
export function freshFolder(site: Site, kind: string, stack: StackName): string {
  const folder = join(site.base, kind, stack);
  // A backend that an earlier run initialized here would have Terraform offer to migrate.
  rmSync(join(folder, '.terraform'), { recursive: true, force: true });
  return privateFolder(folder);
}

/** A copy of a synthesized stack whose state is kept in a local file; in a rehearsal, of its stand-in. */
export function localFolder(site: Site, stack: StackName): string {
  const folder = freshFolder(site, 'local', stack);
  if (site.kind === 'real') {
    cpSync(stackFolder(site, stack), folder, { recursive: true, filter: (path) => basename(path) !== '.terraform' });
  } else {
    writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(standInStack(readStack(site, stack))));
  }
  writeBackend(folder, OVERRIDE, { local: { path: localState(site, stack) } });
  return folder;
}

/** A folder with nothing but the remote backend of a stack: enough to pull and push its state, without providers. */
export function remoteFolder(site: Site, stack: StackName, store: ObjectStore): string {
  const folder = freshFolder(site, 'remote', stack);
  const block = { ...s3Block(site, stack), endpoints: { s3: store.endpoint }, custom_ca_bundle: store.authorityPath };
  writeBackend(folder, 'backend.tf.json', { s3: block });
  return folder;
}

/** Runs Terraform on a working folder and refuses with `what` when it fails. */
export async function requireTerraform(
  site: Site,
  what: string,
  args: readonly string[],
  options: { readonly folder: string; readonly credentials?: Credentials; readonly show?: boolean; readonly input?: string },
): Promise<TerraformRun> {
  const run = await terraform(site, args, options);
  if (run.code === 0) return run;
  const words = options.show ? 'see above' : (run.stderr || run.stdout).trim();
  throw new Refusal(`${what} failed (exit code ${run.code}): ${words}`);
}
