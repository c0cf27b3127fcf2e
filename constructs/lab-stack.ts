import { NullProvider } from '@cdktf/provider-null/lib/provider';
import { LocalProvider } from '@cdktf/provider-local/lib/provider';
import { TerraformElement, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { connectProxmox } from './proxmox/provider';
import { keepState, type StateBackendProps } from './proxmox/state-backend';

/** What every stack of a house needs. */
export interface LabStackProps {
  /** Address of the Proxmox VE node. */
  readonly address: string;
  readonly state: StateBackendProps;
}

/** One Terraform stack of the house, with its providers, its state, and a watch over its addresses. */
export class LabStack extends TerraformStack {
  private readonly moves: object[] = [];
  private readonly forgotten: object[] = [];

  constructor(scope: Construct, id: string, props: LabStackProps) {
    super(scope, id);
    connectProxmox(this, { address: props.address });
    new NullProvider(this, 'null');
    new LocalProvider(this, 'local');
    keepState(this, props.state);
    this.node.addValidation({ validate: () => this.sharedAddresses() });
  }

  /** Tells Terraform that one object has another address than before: it is kept. */
  move(type: string, from: string, to: string): void {
    this.moves.push({ from: `${type}.${from}`, to: `${type}.${to}` });
    this.addOverride('moved', this.moves);
  }

  /** Tells Terraform to forget an object that left the definition, and to leave it as it is. */
  forget(type: string, name: string): void {
    this.forgotten.push({ from: `${type}.${name}`, lifecycle: [{ destroy: false }] });
    this.addOverride('removed', this.forgotten);
  }

  /** Two elements of one type under one logical id merge silently in cdktf: one guest with the other's VMID. */
  private sharedAddresses(): string[] {
    const owners = new Map<string, string>();
    const problems: string[] = [];
    for (const element of this.node.findAll().filter(TerraformElement.isTerraformElement)) {
      const address = elementAddress(element);
      if (address === undefined) continue;
      const owner = owners.get(address);
      if (owner === undefined) owners.set(address, element.node.path);
      else problems.push(`'${address}' is the Terraform address of both '${owner}' and '${element.node.path}'; rename one of them`);
    }
    return problems;
  }
}

/** Type and logical id of an element; `undefined` for those that have none, such as the backend. */
function elementAddress(element: TerraformElement): string | undefined {
  const { terraformResourceType } = element as TerraformElement & { readonly terraformResourceType?: string };
  return terraformResourceType === undefined ? undefined : `${terraformResourceType}.${element.friendlyUniqueId}`;
}
