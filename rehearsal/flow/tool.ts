import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import type { Tool } from '../protocol/reattach';
import { Refusal } from '../../common/refusal';
import { CARRIED_TERRAFORM, OLDEST_TERRAFORM } from '../../tools/tool-path';

/** The tool that runs: its program, and which of the two it is. */
export interface InstalledTool {
  /** Name on PATH, or a path. */
  readonly program: string;
  readonly tool: Tool;
  /** Such as `1.11.4`. */
  readonly version: string;
}

/**
 * Finds Terraform or OpenTofu: TERRAFORM_BINARY_NAME when it is set, else the first of the two on PATH, else the carried one.
 *
 * @throws Refusal when none answers.
 */
export function findTool(environment: NodeJS.ProcessEnv): InstalledTool {
  const wanted = environment.TERRAFORM_BINARY_NAME;
  const candidates = wanted ? [wanted] : ['terraform', 'tofu', CARRIED_TERRAFORM];
  for (const program of candidates) {
    const found = probe(program, environment);
    if (!found) continue;
    if (found.version.localeCompare(OLDEST_TERRAFORM, undefined, { numeric: true }) >= 0) return found;
    throw new Refusal(`'${program}' is ${found.tool} ${found.version}, and ${OLDEST_TERRAFORM} or newer is needed`, 'install a newer one, or name one in TERRAFORM_BINARY_NAME');
  }
  throw new Refusal(
    wanted ? `TERRAFORM_BINARY_NAME names '${wanted}', which does not answer` : 'neither terraform nor tofu is on PATH',
    `run: node tools/terraform.mjs; or install Terraform or OpenTofu ${OLDEST_TERRAFORM} or newer, or name its program in TERRAFORM_BINARY_NAME`
  );
}

/** Asks a program for its version; null when it is not there or is something else. */
export function probe(program: string, environment: NodeJS.ProcessEnv): InstalledTool | null {
  const answer = spawnSync(program, ['version', '-json'], {
    encoding: 'utf8',
    env: { ...environment, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: '/dev/null' },
  });
  if (answer.status !== 0) return null;
  try {
    const version = (JSON.parse(answer.stdout) as { terraform_version?: string; }).terraform_version;
    if (!version) return null;
    return { program, tool: basename(program).includes('tofu') ? 'tofu' : 'terraform', version };
  } catch {
    return null;
  }
}
