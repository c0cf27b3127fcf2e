import { TerraformResource, type ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';

/** A resource whose few attributes need no bindings, which every synth would have to load. */
class PlainResource extends TerraformResource {
  constructor(scope: Construct, id: string, type: string, private readonly attributes: Readonly<Record<string, unknown>>, dependsOn?: ITerraformDependable[]) {
    super(scope, id, { terraformResourceType: type, terraformGeneratorMetadata: { providerName: 'proxmox' }, dependsOn });
  }

  protected override synthesizeAttributes(): { [name: string]: unknown } {
    return { ...this.attributes };
  }
}

/** A resource pool: a name under which Proxmox VE shows guests together and gives rights to them. */
export class ResourcePool extends PlainResource {
  constructor(scope: Construct, id: string, readonly poolId: string) {
    super(scope, id, 'proxmox_virtual_environment_pool', { pool_id: poolId });
    this.overrideLogicalId(poolId);
  }
}

/** What ties a guest to its pool. Beside the guest, since a pool named in the guest itself replaces the guest when it changes. */
export class PoolMembership extends PlainResource {
  constructor(scope: Construct, id: string, props: { readonly pool: string; readonly vmId: number; readonly guest: TerraformResource; readonly after: readonly ITerraformDependable[] }) {
    super(scope, id, 'proxmox_pool_membership', { pool_id: props.pool, vm_id: props.vmId }, [props.guest, ...props.after]);
  }
}
