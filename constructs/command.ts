import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import { Refusal } from '../common/refusal';
import { DefinitionError } from './core/problem';
import type { HomelabProps } from './homelab-props';
import { readSealedSecrets } from './service/sealed-secrets';
import { synthesize } from './synthesize';

const help = `Writes the whole house from its definition: Terraform JSON, Ansible, catalogue and pictures.

usage: npm run synth [-- --state local|s3]

  --state KIND   where Terraform keeps its state: s3 (the house's own object store) or
                 local (.state/, before that store exists)
                 default: HOMELAB_STATE_BACKEND, else s3
  --help         this text

Output folder: CDKTF_OUTDIR, else cdktf.out. It changes only when everything could be written.
Exit codes: 0 written, 1 the definition is refused and nothing is written, 2 wrong arguments.
`;

/**
 * The command behind `npm run synth` and `cdktf synth`.
 * @param lab the house
 * @param args arguments after the script's name
 * @param env environment of the process
 * @param roles folder of the Ansible roles that services are held against. @default - services are not held against any; nor when the folder is not there
 * @param secrets file of encrypted secrets. @default - a changed secret configures no guest again
 * @returns exit code
 */
export function runSynth(lab: HomelabProps, args: readonly string[], env: NodeJS.ProcessEnv, roles?: string, secrets?: string): number {
  if (args.includes('--help')) {
    process.stdout.write(help);
    return 0;
  }
  const chosen = args[0] === '--state' && args.length === 2 ? args[1] : args.length === 0 ? (env['HOMELAB_STATE_BACKEND'] ?? 's3') : undefined;
  if (chosen !== 'local' && chosen !== 's3') {
    process.stderr.write(`synth: --state is local or s3, got '${chosen ?? args.join(' ')}'\n\n${help}`);
    return 2;
  }
  const outdir = env['CDKTF_OUTDIR'] ?? 'cdktf.out';
  try {
    const sealedSecrets = secrets === undefined ? undefined : readSealedSecrets(secrets);
    const { notices } = synthesize(lab, { outdir, state: chosen, roles, checkRoles: roles !== undefined && existsSync(roles), sealedSecrets });
    for (const notice of notices) process.stdout.write(`note: ${notice}\n`);
    process.stdout.write(`synth: ${lab.services.length} services written to ${relative('', outdir)}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof DefinitionError || error instanceof Refusal)) throw error;
    process.stderr.write(`synth: ${error.message}\n\nNothing was written.\n`);
    return 1;
  }
}
