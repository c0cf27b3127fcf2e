import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const ROLES = join(__dirname, '..', '..', 'ansible', 'roles');

interface Option {
  readonly default?: unknown;
  readonly required?: boolean;
  readonly options?: Record<string, Option>;
}

const read = (role: string, path: string) => readFileSync(join(ROLES, role, path), 'utf8');
const specs = (role: string) => Object.values((parse(read(role, 'meta/argument_specs.yml')) as { argument_specs: Record<string, { options: Record<string, Option> }> }).argument_specs);

describe.each(['zfs_setup', 'pve_storage', 'pve_backup', 'nvidia-passthrough', 'guest_attach', 'pve_template'])('role %s', (role) => {
  const variables = Object.assign({}, ...specs(role).map(({ options }) => options)) as Record<string, Option>;

  test('has the defaults its argument spec promises, and no other', () => {
    const promised = Object.entries(variables).filter(([, option]) => 'default' in option).map(([name, option]) => [name, option.default]);
    expect(parse(read(role, 'defaults/main.yml'))).toEqual(Object.fromEntries(promised));
  });

  test('requires or defaults every variable, each under its own prefix', () => {
    for (const [name, option] of Object.entries(variables)) {
      expect(name).toMatch(new RegExp(`^${role.replace('-', '_')}_`));
      expect(option.required === true || 'default' in option).toBe(true);
    }
  });

  test('lists exactly its variables in the README', () => {
    const listed = [...read(role, 'README.md').matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
    expect([...new Set(listed)].sort()).toEqual(Object.keys(variables).sort());
  });
});
