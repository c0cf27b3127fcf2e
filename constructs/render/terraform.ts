import { TerraformStack, type App } from 'cdktf';
import { invokeAspects } from 'cdktf/lib/synthesize/synthesizer';
import type { Artefact } from './artefact';

/**
 * Terraform JSON of every stack, and the manifest that the cdktf CLI reads, as `App.synth()` would write them.
 * They are kept in memory, so that the output folder can change as a whole or not at all.
 */
export function renderTerraform(app: App): Artefact[] {
  const stacks = app.node.findAll().filter(TerraformStack.isStack);
  for (const stack of stacks) stack.prepareStack();
  const files = stacks.map((stack) => {
    invokeAspects(stack);
    return { path: app.manifest.forStack(stack).synthesizedStackPath, content: json(stack.toTerraform()) };
  });
  return [...files, { path: 'manifest.json', content: json(app.manifest.buildManifest()) }];
}

/** JSON with sorted keys, so that a review shows changes only. */
function json(value: unknown): string {
  return `${JSON.stringify(sortKeys(value), null, 2)}\n`;
}

function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sortKeys(item)]));
}
