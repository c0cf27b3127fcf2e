import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { ROOT } from '../tools/ensure-tools';

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const filesIn = (folder: string, ending: string) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith(ending)).map((file) => join(folder, file));

const PAGES = [...filesIn('docs/state', '.md'), ...filesIn('docs/getting-started', '.md')];
const SOURCES = [...filesIn('state', '.ts'), ...filesIn('secrets', '.ts')];
const headings = (text: string) => [...text.matchAll(/^#+ (.+)$/gm)].map(([, title]) => title!);

test.each(SOURCES.filter((path) => read(path).includes('docs/')))('%s points to pages that there are', (path) => {
  const named = [...read(path).matchAll(/docs\/(?:state|getting-started)(?:\/[a-z-]+\.md)?/g)].map(([page]) => page);
  for (const page of named) expect([page, existsSync(join(ROOT, page))]).toEqual([page, true]);
  for (const [, title] of read(path).matchAll(/docs\/[\w/.-]+,\s*"([^"]+)"/g)) expect(PAGES.flatMap((page) => headings(read(page)))).toContain(title);
});

test('every failure that is explained has a runbook', () => {
  const runbooks = [...read('state/failure.ts').matchAll(/runbook: '([^']+)'/g)].map(([, name]) => name!);
  expect(runbooks.length).toBeGreaterThan(3);
  for (const name of runbooks) expect(PAGES).toContain(`docs/state/${name}.md`);
});

test.each(PAGES)('%s has targets and scripts that there are, and links that lead somewhere', (path) => {
  const text = read(path);
  for (const [, target] of text.matchAll(/^make ([a-z-]+)|`make ([a-z-]+)/gm)) if (target) expect(read('Makefile')).toContain(`\n${target}:`);
  for (const [, link] of text.matchAll(/\]\((?!https?:)([^)#]+)(#[^)]*)?\)/g)) expect([link, existsSync(join(ROOT, dirname(path), link!))]).toEqual([link, true]);
  for (const [script] of text.matchAll(/\bscripts\/[a-z-]+\b/g)) expect([script, existsSync(join(ROOT, script))]).toEqual([script, true]);
});
