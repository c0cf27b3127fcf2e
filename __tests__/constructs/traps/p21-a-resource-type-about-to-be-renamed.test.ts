import schema from '../../../scripts/bindings/schema.json';
import { houses } from '../../helpers/houses';

/** Types whose long name has a short twin; the long one warns in every plan and goes away. */
const withTwin = /^proxmox_virtual_environment_(acl|acme_\w+|apt_\w+|cloned_vm|cluster_options|download_file|ha\w+|hardware_mapping_\w+|metrics_server|network_linux_\w+|node_firewall|oci_image|pool_membership|realm_\w+|replication|sdn_\w+|storage_\w+|user_token|vm2)$/;

const provider = schema.provider_schemas['registry.terraform.io/bpg/proxmox'].resource_schemas as Readonly<Record<string, { readonly block: { readonly deprecated?: boolean } }>>;

describe.each(houses)('P21, a long name becomes a short one, and the guest is made anew: $house', ({ emitted }) => {
  const types = new Set(emitted.stacks.flatMap((stack) => Object.keys(stack.resource)).filter((type) => type.startsWith('proxmox')));

  test.each([...types])('%s is no deprecated name and no proof of concept', (type) => {
    expect(provider[type].block.deprecated ?? false).toBe(false);
    expect(type).not.toMatch(withTwin);
    expect(type).not.toBe('proxmox_vm');
  });
});
