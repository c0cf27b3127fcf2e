import { TerraformVariable } from 'cdktf';
import type { Construct } from 'constructs';
import { ProxmoxProvider } from '../../.gen/providers/proxmox/provider';

/** How Terraform reaches Proxmox VE. */
export interface ProxmoxConnectionProps {
  /** Address of the node, without prefix. */
  readonly address: string;
}

/**
 * The provider with one restricted API token, read from the sensitive variable `proxmox_api_token`.
 * There is no SSH block: nothing that Terraform manages here needs SSH, and nothing may start to unnoticed.
 */
export function connectProxmox(scope: Construct, props: ProxmoxConnectionProps): void {
  const token = new TerraformVariable(scope, 'proxmox_api_token', {
    type: 'string',
    sensitive: true,
    description: 'API token of the restricted user, as USER@REALM!ID=UUID',
  });
  new ProxmoxProvider(scope, 'proxmox', {
    endpoint: `https://${props.address}:8006/`,
    apiToken: token.stringValue,
    // Its certificate names its address and is of an authority of its own, which is pinned before the token is sent.
    insecure: false,
  });
}
