import { execute, type EnvironmentMap } from '../exec';
import { Refusal } from '../refusal';
import { exampleStore, refuseExample } from '../store';
import type { Command } from './command';

/** What Terraform's state backend takes from its environment. */
const STATE_CREDENTIALS: EnvironmentMap = {
  AWS_ACCESS_KEY_ID: 'state_access_key_id',
  AWS_SECRET_ACCESS_KEY: 'state_secret_access_key',
};

/** `exec`: any command that needs secrets. */
export const exec: Command = {
  synopsis: 'exec [--real] -- COMMAND...',
  summary: "runs a command with secrets: '{}' in it is Terraform's variable file; example secrets without --real",
  flags: ['real'],
  run({ root, store }, command, flags) {
    if (command.length === 0) throw new Refusal('say what to run, e.g.: npm run secrets -- exec -- terraform plan -var-file={}');
    if (flags.has('real')) refuseExample(store);
    return execute(flags.has('real') ? store : exampleStore(root), command, { environment: STATE_CREDENTIALS });
  },
};
