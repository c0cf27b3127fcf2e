import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../helpers/run-synth';

const page = readFileSync(join(root, 'docs/security.md'), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| ') && !/^\| (against|---) /.test(line));
const promises = rows.map((row) => ({ row, ...(/ `(?<path>[^`]+\.test\.ts)`: "(?<name>[^"]+)" \|$/.exec(row)?.groups as { path?: string; name?: string } | undefined) }));

test('the page makes promises', () => expect(promises.length).toBeGreaterThan(15));

test.each(promises)('a promise names a test that there is: $path, $name', ({ row, path, name }) => {
  expect({ row, named: path !== undefined && name !== undefined }).toEqual({ row, named: true });
  expect({ path, there: existsSync(join(root, path!)) }).toEqual({ path, there: true });
  // As a title: right after the quote that opens it.
  const quoted = new RegExp(`['"\`]${name!.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}['"\`]`);
  expect({ name, there: quoted.test(readFileSync(join(root, path!), 'utf8')) }).toEqual({ name, there: true });
});
