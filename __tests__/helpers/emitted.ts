import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { synthesize, type HomelabOptions, type HomelabProps } from '../../constructs';

/** JSON of one Terraform stack, as far as tests look into it. */
export interface StackJson {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  readonly provider: Readonly<Record<string, readonly Json[]>>;
  readonly terraform: Json;
  readonly variable: Readonly<Record<string, Json>>;
  readonly [other: string]: unknown;
}

/** Any JSON object; tests assert on what they find in it. */
export type Json = { readonly [key: string]: any }; // eslint-disable-line @typescript-eslint/no-explicit-any

/** Everything that a run wrote, read back. */
export class Emitted {
  /** @param files content by path below the output folder, sorted by path */
  constructor(readonly files: ReadonlyMap<string, string>, readonly notices: readonly string[]) {}

  /** A stack's Terraform JSON. */
  stack(name: 'foundation' | 'services'): StackJson {
    return JSON.parse(this.text(`stacks/${name}/cdk.tf.json`)) as StackJson;
  }

  /** Both stacks. */
  get stacks(): readonly StackJson[] {
    return [this.stack('foundation'), this.stack('services')];
  }

  /** All resources of one type in both stacks, by logical id. */
  resources(type: string): Readonly<Record<string, Json>> {
    return Object.assign({}, ...this.stacks.map((stack) => stack.resource[type] ?? {})) as Record<string, Json>;
  }

  /** All LXC containers, by logical id. */
  get containers(): Readonly<Record<string, Json>> {
    return this.resources('proxmox_virtual_environment_container');
  }

  /** All virtual machines, by logical id. */
  get machines(): Readonly<Record<string, Json>> {
    return this.resources('proxmox_virtual_environment_vm');
  }

  /** A YAML file below `ansible/`, parsed. */
  ansible(path: string): any { // eslint-disable-line @typescript-eslint/no-explicit-any
    return parse(this.text(`ansible/${path}`), { version: '1.1' });
  }

  /** A file's content. */
  text(path: string): string {
    const content = this.files.get(path);
    if (content === undefined) throw new Error(`the output has no ${path}; it has ${[...this.files.keys()].join(', ')}`);
    return content;
  }
}

/** Synthesizes a house into a folder of its own, reads everything back and removes the folder. */
export function emit(lab: HomelabProps, options: HomelabOptions = {}): Emitted {
  const folder = mkdtempSync(join(tmpdir(), 'homelab-test-'));
  try {
    const outdir = join(folder, 'out');
    const { notices } = synthesize(lab, { ...options, outdir });
    return new Emitted(readTree(outdir), notices);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Every file below a folder (or a link to one): content by path with forward slashes, sorted. */
export function readTree(folder: string): Map<string, string> {
  const files = readdirSync(`${folder}/`, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return new Map(files.sort().map((file) => [relative(folder, file), readFileSync(file, 'utf8')]));
}
