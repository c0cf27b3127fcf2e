import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { File } from '@cdktf/provider-local/lib/file';
import { Resource as NullResource } from '@cdktf/provider-null/lib/resource';
import { App } from 'cdktf';
import { Construct } from 'constructs';
import { LabStack } from '../../../constructs/lab-stack';
import { houses } from '../../helpers/houses';

/** A stack as every house has it, with nothing in it. */
function emptyStack(): LabStack {
  const app = new App({ outdir: join(tmpdir(), 'never-written'), stackTraces: false });
  return new LabStack(app, 'services', { address: '10.61.4.5', state: { kind: 'local' } });
}

describe('two elements under one logical id merge silently: one guest with the VMID of the other', () => {
  test('a stack tells both of them, by the address that they share', () => {
    const stack = emptyStack();
    new NullResource(stack, 'first').overrideLogicalId('n8n');
    new NullResource(new Construct(stack, 'deeper'), 'second').overrideLogicalId('n8n');
    expect(stack.node.validate()).toEqual([
      "'null_resource.n8n' is the Terraform address of both 'services/first' and 'services/deeper/second'; rename one of them",
    ]);
  });

  test('letters that cdktf drops do not hide it', () => {
    const stack = emptyStack();
    new NullResource(stack, 'a b');
    new NullResource(stack, 'ab');
    expect(stack.node.validate()).toHaveLength(1);
  });

  test('one id in two types is two addresses', () => {
    const stack = emptyStack();
    new NullResource(stack, 'n8n');
    new File(stack, 'file', { filename: 'n8n', content: '' }).overrideLogicalId('n8n');
    expect(stack.node.validate()).toEqual([]);
  });

  test.each(houses)('$house has as many containers as services', ({ lab, emitted }) => {
    expect(Object.keys(emitted.containers)).toHaveLength(lab.services.length);
    expect(Object.keys(emitted.resources('null_resource'))).toHaveLength(lab.services.length);
  });
});
