import { flag } from '../../common/verb';
import { namesIn } from '../check';
import { execute, readsVariableFile, type EnvironmentMap } from '../exec';
import { judgedEnvironment, requireJudgedProgram } from '../judged-terraform';
import { Refusal } from '../../common/refusal';
import { exampleStore, refuseExample, type SecretStore } from '../store';
import type { Command } from './command';

/** What Terraform's state backend takes from its environment. */
const STATE_CREDENTIALS: EnvironmentMap = {
  AWS_ACCESS_KEY_ID: 'state_access_key_id',
  AWS_SECRET_ACCESS_KEY: 'state_secret_access_key',
};

/** The pipe that SOPS makes is read once; a command that starts Terraform several times gets its variables this way. */
function variables(store: SecretStore): EnvironmentMap {
  return Object.fromEntries(namesIn(store, 'tfvars.sops.json').map((name) => [`TF_VAR_${name}`, name]));
}

/** `exec`: any command that needs secrets. */
export const exec: Command = {
  words: '-- COMMAND...',
  summary: "runs a command with secrets: '{}' in it is Terraform's variable file, else they are in its environment",
  options: { real: flag('your own secrets; the example ones without it') },
  examples: ['exec -- printenv PROXMOX_VE_API_TOKEN'],
  run({ root, store }, command, flags) {
    if (command.length === 0) throw new Refusal('say what to run, e.g.: ./house secrets exec -- npx cdktf deploy foundation services');
    requireJudgedProgram(command[0]!);
    if (flags.has('real')) refuseExample(store);
    const chosen = flags.has('real') ? store : exampleStore(root);
    return execute(chosen, command, { variables: judgedEnvironment(), environment: { ...STATE_CREDENTIALS, ...(readsVariableFile(command) ? {} : variables(chosen)) } });
  },
};
