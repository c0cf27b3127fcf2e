import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

/** Every fixture of a folder below `__tests__/definitions`, by file name without ending. */
export function casesIn<T>(folder: string): { readonly file: string; readonly definition: T }[] {
  const root = join(__dirname, '../definitions', folder);
  return readdirSync(root)
    .sort()
    .map((file) => ({ file: basename(file, '.ts'), definition: jest.requireActual<{ default: T }>(join(root, file)).default }));
}
