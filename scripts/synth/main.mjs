#!/usr/bin/env node
// `npm run synth`, and the app of cdktf.json: builds main.ts from source and runs it, in one process.
import { register } from './vendor.mjs';
import { startBuild } from './build.mjs';
import { evaluate } from './evaluate.mjs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('../../', import.meta.url));
const entry = join(root, process.env.HOMELAB_ENTRY ?? 'main.ts');

// The build runs in esbuild's own process, so the libraries load meanwhile.
const building = startBuild(root, entry);
const vendor = register(root);
const build = await building;
if (build) evaluate(build.code, entry, await vendor.requireFor(build.packages));
else process.exitCode = 1;
