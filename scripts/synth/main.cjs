#!/usr/bin/env node
// `npm run synth`, and the app of cdktf.json: builds main.ts from source and runs it, in one process.
// CommonJS, because Node parses a CommonJS package twice when an ES module imports it, and esbuild is a large one.
const { join } = require('node:path');
const { startBuild } = require('./build.cjs');
const { evaluate } = require('./evaluate.cjs');
const { register } = require('./vendor.cjs');

const root = join(__dirname, '../..');
const entry = join(root, process.env.HOMELAB_ENTRY ?? 'main.ts');

async function main() {
  // The build runs in esbuild's own process, so the libraries load meanwhile.
  const building = startBuild(root, entry);
  const vendor = register(root);
  const build = await building;
  if (!build) process.exitCode = 1;
  else evaluate(build.code, entry, await vendor.requireFor(build.packages));
}

main();
