import { existsSync, realpathSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';

import { Refusal } from '../common/refusal';
import { JUDGED_FOLDER, REAL_TERRAFORM, toolFolder } from '../tools/tool-path';

/** Terraform's verbs that change the house or its state, as the variables that hand them arguments spell them. */
const CHANGING = [
  ...['apply', 'destroy', 'import', 'refresh', 'taint', 'untaint', 'test', 'force_unlock'],
  ...['state_mv', 'state_rm', 'state_push', 'state_replace_provider', 'workspace_new', 'workspace_select', 'workspace_delete'],
];

/** An option that no Terraform has: it refuses every verb that is given it, and says this. */
const NO_OPTION = '-goes-past-the-judge,use-house-state-apply';

/** Programs that are Terraform or OpenTofu, also with a version in their name. */
const TERRAFORM = /^(terraform|tofu|opentofu)(?![a-z])/i;

/**
 * Environment in which nothing is changed unjudged: cdktf, and whoever types `terraform`, meets the program that stands
 * before it, and a Terraform that a script starts by its path refuses to change anything.
 */
export function judgedEnvironment(): NodeJS.ProcessEnv {
  const { TERRAFORM_BINARY_NAME: chosen } = process.env;
  return {
    TERRAFORM_BINARY_NAME: join(JUDGED_FOLDER, 'terraform'),
    PATH: judgedPath(),
    ...(chosen && { [REAL_TERRAFORM]: chosen }),
    ...Object.fromEntries(CHANGING.map((verb) => [`TF_CLI_ARGS_${verb}`, NO_OPTION])),
  };
}

const judgedPath = (): string => [JUDGED_FOLDER, toolFolder('sops'), process.env.PATH].join(delimiter);

/**
 * Makes sure that a command is not Terraform itself, under whichever link.
 * @throws Refusal naming the program, and what is typed in its place
 */
export function requireJudgedProgram(program: string): void {
  const places = program.includes('/') ? [program] : judgedPath().split(delimiter).map((folder) => join(folder, program));
  const found = places.find((path) => existsSync(path));
  if (found === undefined || dirname(realpathSync(found)) === realpathSync(JUDGED_FOLDER)) return;
  if (![basename(found), basename(realpathSync(found))].some((name) => TERRAFORM.test(name))) return;
  throw new Refusal(`'${program}' is Terraform itself, which would change the house unjudged; nothing was run`, 'type terraform without a path, in the folder of a stack, or: ./house state run STACK -- plan');
}
