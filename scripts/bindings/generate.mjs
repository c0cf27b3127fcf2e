// Typed bindings from the committed schema, with the generator of cdktf itself: no network, no provider binary.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { providerSource, providerVersion } from './pin.mjs';

/**
 * Writes the bindings of schema.json under `outdir`, laid out as `cdktf get` would.
 * @param {string} outdir folder that takes `providers/proxmox/…`, `constraints.json` and `versions.json`
 */
export async function generateBindings(outdir) {
  // Loading the generator asks the Terraform binary for its version; no answer is needed for bindings.
  process.env.TERRAFORM_BINARY_NAME = '/bin/true';
  process.env.CHECKPOINT_DISABLE = '1';
  const require = createRequire(import.meta.url);
  // The package's root export needs jsii-pacmak, which only a full CLI install brings.
  const { TerraformProviderGenerator } = require('@cdktf/provider-generator/lib/get/generator/provider-generator');
  const { ConstructsMakerProviderTarget, LANGUAGES, TerraformProviderConstraint } = require('@cdktf/commons');
  const { CodeMaker } = require('codemaker');
  const generatorVersion = require('@cdktf/provider-generator/package.json').version;

  const schema = JSON.parse(readFileSync(new URL('schema.json', import.meta.url), 'utf8'));
  const constraint = new TerraformProviderConstraint({ name: 'proxmox', source: providerSource, version: providerVersion });
  const code = new CodeMaker();
  const generator = new TerraformProviderGenerator(code, schema);
  generator.generate(new ConstructsMakerProviderTarget(constraint, LANGUAGES[0]));
  writeJson(code, 'versions.json', generator.versions);
  // `cdktf get` leaves bindings alone whose constraints match cdktf.json.
  writeJson(code, 'constraints.json', { cdktf: generatorVersion, providers: { [constraint.fqn]: providerVersion } });
  await code.save(outdir);
}

function writeJson(code, file, value) {
  code.openFile(file);
  code.line(JSON.stringify(value, null, 2));
  code.closeFile(file);
}
