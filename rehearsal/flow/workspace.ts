import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { provisioners, resourcesOf, type Stack, type StackConfig } from './stack';

/** Files of a stack's folder that belong to real runs. */
const REAL_RUN = /^(\.terraform.*|.*\.tfstate.*|plan)$/;

/**
 * A folder of its own for one run: copies of the stacks with a local state. The user's stacks, states and plugin
 * folders are read at most.
 */
export class Workspace {
  readonly folder: string = mkdtempSync(join(tmpdir(), 'rehearsal-'));
  /** Program that stands in for ansible-playbook and writes down how it was called. */
  readonly recorder: string = join(this.folder, 'ansible-playbook');
  private readonly recording: string = join(this.folder, 'ansible-playbook.calls');

  constructor(readonly stacks: readonly Stack[]) {
    mkdirSync(join(this.folder, 'state'));
    writeFileSync(join(this.folder, 'terraform.rc'), '');
    writeFileSync(this.recorder, `#!/bin/sh\nprintf '%s\\n' "$*" >> '${this.recording}'\n`);
    chmodSync(this.recorder, 0o755);
    for (const stack of stacks) {
      cpSync(stack.folder, this.stackFolder(stack), {
        recursive: true,
        filter: (source) => !REAL_RUN.test(basename(source)),
      });
      this.write(stack, stack.config);
    }
  }

  /** Where a stack's copy is. */
  stackFolder(stack: Stack): string {
    return join(this.folder, 'stacks', stack.name);
  }

  /** Where a stack's state is. */
  stateFile(stack: Stack): string {
    return join(this.folder, 'state', `${stack.name}.tfstate`);
  }

  /** How Ansible would have been started: the arguments of each call, in order. */
  playbookCalls(): string[] {
    return existsSync(this.recording) ? readFileSync(this.recording, 'utf8').split('\n').filter(Boolean) : [];
  }

  /** Lifts every protection from the copy of a stack, so that it can be destroyed. */
  unlock(stack: Stack): void {
    const config = structuredClone(stack.config);
    for (const resource of resourcesOf(config)) {
      if (resource.lifecycle) delete resource.lifecycle.prevent_destroy;
      if (resource.protection !== undefined) resource.protection = false;
    }
    this.write(stack, config);
  }

  /** Lets the copy of a stack be planned although it destroys what Terraform may not destroy. */
  liftPreventDestroy(stack: Stack): void {
    const config = structuredClone(stack.config);
    for (const { lifecycle } of resourcesOf(config)) delete lifecycle?.prevent_destroy;
    this.write(stack, config);
  }

  /** Gives the copy of a stack its protections back. */
  restore(stack: Stack): void {
    this.write(stack, stack.config);
  }

  /** Deletes the folder. */
  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private write(stack: Stack, config: StackConfig): void {
    const local = structuredClone(config);
    local.terraform = { ...config.terraform, backend: { local: { path: this.stateFile(stack) } } };
    // The copies have no folder of roles beside them, and the recorder needs none.
    for (const { content } of resourcesOf(local).flatMap(provisioners)) delete content.working_dir;
    writeFileSync(join(this.stackFolder(stack), 'cdk.tf.json'), JSON.stringify(local, null, 2));
  }
}

/** Whether a stack has anything that must not be destroyed. */
export const isProtected = ({ config }: Stack): boolean =>
  resourcesOf(config).some((resource) => resource.lifecycle?.prevent_destroy === true);
