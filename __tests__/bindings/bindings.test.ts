import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pinned from '../../common/provider.json';

const root = resolve(__dirname, '../..');

function tree(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(files.map((entry) => join(entry.parentPath, entry.name)).map((file) => [file.slice(folder.length), readFileSync(file, 'utf8')]));
}

describe('the bindings in .gen', () => {
  test('are what the committed schema gives, file by file', () => {
    const fresh = mkdtempSync(join(tmpdir(), 'bindings-'));
    try {
      const script = `import('${root}/scripts/bindings/generate.mjs').then(({ generateBindings }) => generateBindings('${fresh}'))`;
      // Neither network nor provider: nothing but node is on the path.
      execFileSync(process.execPath, ['-e', script], { env: { PATH: '/nonexistent', HOME: fresh } });
      const { '/source.sha256': stamp, ...present } = tree(join(root, '.gen'));
      expect(stamp).toMatch(/^[0-9a-f]{64}\n$/);
      expect(present).toEqual(tree(fresh));
    } finally {
      rmSync(fresh, { recursive: true });
    }
  });

  test('cover exactly the resource types of the pin, at its version', () => {
    const schema = JSON.parse(readFileSync(join(root, 'scripts/bindings/schema.json'), 'utf8'));
    const [provider] = Object.values(schema.provider_schemas) as { resource_schemas: object }[];
    const pin = readFileSync(join(root, 'scripts/bindings/pin.mjs'), 'utf8');
    for (const type of Object.keys(provider.resource_schemas)) expect(pin).toContain(`'${type}'`);
    expect(Object.values(schema.provider_versions)).toEqual([pinned.version]);
    expect(JSON.parse(readFileSync(join(root, 'cdktf.json'), 'utf8')).terraformProviders).toEqual([`${pinned.source}@${pinned.version}`]);
  });

  test('hold no prose of the provider', () => {
    const prose: string[] = [];
    JSON.parse(readFileSync(join(root, 'scripts/bindings/schema.json'), 'utf8'), (key, value) => {
      // Names, types and flags are single words; a sentence has spaces.
      if ([key, value].some((text) => typeof text === 'string' && text.includes(' '))) prose.push(key);
      return value;
    });
    expect(prose).toEqual([]);
  });

  test('need no provider binary to be there', () => {
    expect(existsSync(join(root, '.gen/providers/proxmox/virtual-environment-container/index.ts'))).toBe(true);
    expect(existsSync(join(root, '.terraform'))).toBe(false);
  });
});
