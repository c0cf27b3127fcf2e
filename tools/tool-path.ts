import { existsSync } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';

import built from './go-tools.json';
import unpacked from './wheel-tools.json';

const ROOT = join(__dirname, '..');
const pins: { readonly [name in ToolName]: { readonly version: string; readonly patch?: number } } = { ...built, ...unpacked };

/** Oldest Terraform and OpenTofu that run the house: since then the S3 backend locks with a file of its own. */
export const OLDEST_TERRAFORM = '1.11';

/** The Terraform that tools/terraform.mjs brings; one on PATH is taken before it. */
export const CARRIED_TERRAFORM = join(ROOT, '.tools', 'terraform-1.15.5', 'terraform');

/** A tool that tools/install.mjs makes. */
export type ToolName = keyof typeof built | keyof typeof unpacked;

/** A program that the project needs is not there; the message says how to get it. */
export class MissingTool extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'MissingTool';
  }
}

/**
 * Folder of a pinned tool's binaries.
 * @param tool name in tools/go-tools.json or tools/wheel-tools.json
 * @throws MissingTool naming the command that installs it, when it is not there
 */
export function toolFolder(tool: ToolName): string {
  const { version, patch } = pins[tool];
  const folder = join(ROOT, '.tools', `${tool}-${version}${patch ? `-patch${patch}` : ''}`);
  if (!existsSync(join(folder, '.recipe'))) {
    throw new MissingTool(`${tool} ${version} is not installed; run: node tools/install.mjs ${tool}`);
  }
  return folder;
}

/**
 * Path of a pinned tool's binary.
 * @param binary name of the binary. @default - the tool's own name
 */
export function toolPath(tool: ToolName, binary: string = tool): string {
  return join(toolFolder(tool), binary);
}

/**
 * Path of a program of the project's Python environment.
 * @throws MissingTool naming the command that makes the environment
 */
export function pythonTool(name: string): string {
  const path = join(ROOT, '.tools', 'python', 'bin', name);
  if (!existsSync(path)) throw new MissingTool(`${name} is not installed; run: node tools/python.mjs`);
  return path;
}

/** Folder of the programs that stand before Terraform and have every change judged; they go by Terraform's names. */
export const JUDGED_FOLDER = join(ROOT, 'scripts', 'judged');

/** Variable that names the real Terraform where TERRAFORM_BINARY_NAME names the program that stands before it. */
export const REAL_TERRAFORM = 'HOMELAB_TERRAFORM';

/**
 * Finds the real Terraform: the one of HOMELAB_TERRAFORM or TERRAFORM_BINARY_NAME when set, else terraform, else tofu,
 * on PATH, else the carried one. The programs that stand before it are passed over.
 * @throws MissingTool saying what to install, when there is none
 */
export function terraformPath(environment: NodeJS.ProcessEnv = process.env): string {
  const real = (path: string) => existsSync(path) && dirname(resolve(path)) !== JUDGED_FOLDER;
  const named = environment[REAL_TERRAFORM] ?? environment.TERRAFORM_BINARY_NAME;
  const names = named && !(named.includes('/') && dirname(resolve(named)) === JUDGED_FOLDER) ? [named] : ['terraform', 'tofu'];
  const folders = (environment.PATH ?? '').split(delimiter);
  for (const name of names) {
    if (name.includes('/') && real(name)) return name;
    const found = folders.map((folder) => join(folder, name)).find(real);
    if (found) return found;
  }
  if (names.length > 1 && existsSync(CARRIED_TERRAFORM)) return CARRIED_TERRAFORM;
  throw new MissingTool(`${names.join(' or ')} is not on PATH; run: node tools/terraform.mjs, or install Terraform or OpenTofu ${OLDEST_TERRAFORM} or newer`);
}
