#!/usr/bin/env node
// `npm run get`: regenerates .gen from scripts/bindings/schema.json. Skips the work when .gen is already made of it.
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { generateBindings } from './generate.mjs';

if (process.argv.includes('--help')) {
  console.log('usage: npm run get\n\nMakes the bindings in .gen from the committed schema, unless they are made of it already.');
  process.exit(0);
}

const root = fileURLToPath(new URL('../../', import.meta.url));
const target = join(root, '.gen');
const stamp = join(target, 'source.sha256');
const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
const generatorVersion = JSON.parse(lock).packages['node_modules/@cdktf/provider-generator'].version;
const source = createHash('sha256').update(generatorVersion);
for (const file of ['schema.json', '../../common/provider.json', 'pin.mjs', 'generate.mjs']) source.update(readFileSync(new URL(file, import.meta.url)));
const digest = source.digest('hex') + '\n';

if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) process.exit(0);
const fresh = mkdtempSync(join(root, '.gen-'));
try {
  await generateBindings(fresh);
  writeFileSync(join(fresh, 'source.sha256'), digest);
  rmSync(target, { recursive: true, force: true });
  renameSync(fresh, target);
  console.error('bindings: .gen is made anew from scripts/bindings/schema.json');
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
