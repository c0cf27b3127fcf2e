import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Options of a role's main entry point by full name, and whether the role works without. */
export type RoleOptions = ReadonlyMap<string, { readonly required: boolean }>;

/** The hand-written roles, as far as synthesis looks into them. */
export class Roles {
  private readonly read = new Map<string, RoleOptions | undefined>();

  /** @param folder where the roles lie, e.g. `ansible/roles` */
  constructor(private readonly folder: string) {}

  /** Names of all roles. */
  names(): string[] {
    return existsSync(this.folder) ? readdirSync(this.folder).sort() : [];
  }

  /** Options of a role; `undefined` when it is not there or declares none. */
  optionsOf(role: string): RoleOptions | undefined {
    if (!this.read.has(role)) {
      const file = join(this.folder, role, 'meta/argument_specs.yml');
      this.read.set(role, existsSync(file) ? scanOptions(readFileSync(file, 'utf8')) : undefined);
    }
    return this.read.get(role);
  }
}

/**
 * Reads names and `required` by their indentation: a YAML parser takes longer over these files than the whole of
 * synthesis, and a test holds that both see the same in every role.
 */
export function scanOptions(text: string): RoleOptions {
  const options = new Map<string, { required: boolean }>();
  let inMain = false;
  let option = '';
  for (const line of text.split('\n')) {
    const entry = /^ {2}(\w+):/.exec(line)?.[1];
    if (entry !== undefined) inMain = entry === 'main';
    if (!inMain) continue;
    const name = /^ {6}(\w+):/.exec(line)?.[1];
    if (name !== undefined) options.set((option = name), { required: false });
    else if (/^ {8}required: true\s*$/.test(line)) options.set(option, { required: true });
  }
  return options;
}
