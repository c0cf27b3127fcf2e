import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import type { Construct } from 'constructs';
import { AnsibleHost, AnsiblePlay, type AnsibleHostProps, type AnsiblePlayProps } from '../../constructs/core/ansible';
import { LabStack } from '../../constructs/lab-stack';
import type { StackJson } from './emitted';

/** What a construct became: Terraform resources by type and logical id, machines and plays. */
export interface Built {
  readonly resource: StackJson['resource'];
  readonly hosts: readonly AnsibleHostProps[];
  readonly plays: readonly AnsiblePlayProps[];
}

/** Builds constructs in a stack of their own, as a house would, without writing anything. */
export function built(build: (stack: Construct) => void): Built {
  const app = new App({ outdir: join(tmpdir(), 'never-written'), stackTraces: false });
  const stack = new LabStack(app, 'services', { address: '10.61.4.5', state: { kind: 'local' } });
  build(stack);
  const nodes = stack.node.findAll();
  return {
    resource: (stack.toTerraform() as StackJson).resource,
    hosts: nodes.filter(AnsibleHost.is).map((host) => host.props),
    plays: nodes.filter(AnsiblePlay.is).map((play) => play.props),
  };
}
