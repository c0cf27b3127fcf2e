import { File } from '@cdktf/provider-local/lib/file';
import { Fn } from 'cdktf';
import type { Construct } from 'constructs';
import type { Service } from './service/service';

/**
 * Facts that exist only after apply, written for Ansible beside the project: the MAC address that Proxmox VE gave
 * each guest, by which a play recognises the machine it talks to.
 */
export class HandOver extends File {
  constructor(scope: Construct, id: string, stackName: string, services: readonly Service[]) {
    const facts = services.map(({ props, mac }) => [
      props.name,
      { vm_id: props.vmId, mac },
    ]);
    super(scope, id, {
      filename: `../../../.handover/${stackName}.json`,
      filePermission: '0644',
      content: Fn.jsonencode(Object.fromEntries(facts)),
    });
  }
}
