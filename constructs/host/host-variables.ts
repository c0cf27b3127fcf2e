import { createHash } from 'node:crypto';
import { answerFileName, rootPassword, type Installation } from '../core/installation';
import type { LabFacts, Plain } from '../core/setting';
import type { HomelabProps } from '../homelab-props';
import { hostFirewallRules } from './host-walls';

/** Variables of the role pve-init: kernel pin, hardening, who may come in. */
export function pveInitVariables(lab: HomelabProps, facts: LabFacts): Record<string, Plain> {
  const { nodeName, kernel, mailTo } = lab.host;
  return {
    pve_init_node_name: nodeName,
    pve_init_address: facts.hostAddress,
    pve_init_kernel: kernel,
    pve_init_ssh_keys: [...lab.sshKeys],
    pve_init_firewall_rules: hostFirewallRules(lab),
    ...(mailTo === undefined ? {} : { pve_init_root_email: mailTo }),
  };
}

/** Variables of the role pve-bridge: the bridge that guests are plugged into, and the isolated one beside it. */
export function pveBridgeVariables(lab: HomelabProps): Record<string, Plain> {
  const { bridge, otherBridges = [], provisioning } = lab.host;
  return {
    pve_bridge_name: bridge.name,
    pve_bridge_address: bridge.address,
    pve_bridge_gateway: bridge.gateway,
    pve_bridge_ports: [...bridge.ports],
    pve_bridge_vlan_aware: bridge.vlanAware ?? false,
    pve_bridge_extra: [
      ...(provisioning ? [{ name: provisioning.bridge, address: provisioning.address }] : []),
      ...otherBridges.map(({ name, ports = [], vlanAware = false }) => ({ name, ports: [...ports], vlan_aware: vlanAware })),
    ],
  };
}

/** Variables of the role nvidia-passthrough: driver and kernel, pinned together. */
export function nvidiaVariables(lab: HomelabProps): Record<string, Plain> {
  const { gpu, kernel } = lab.host;
  if (!gpu) return {};
  return {
    nvidia_passthrough_driver_version: gpu.driverVersion,
    nvidia_passthrough_kernel: kernel,
    nvidia_passthrough_devices: [...gpu.devices],
  };
}

/** Variables of the role pxe_server, on the machine that serves the installation: for whom, and with which answers. */
export function pxeServerVariables(installation: Installation): Record<string, Plain> {
  const { fqdn, card, installer } = installation;
  const name = fqdn.split('.')[0]!;
  // The salt only has to differ from house to house; a random one would make every run a change.
  const salt = createHash('sha256').update(fqdn).digest('hex').slice(0, 16);
  return {
    pxe_server_interface: "{{ ansible_facts['default_ipv4']['interface'] }}",
    pxe_server_address: "{{ ansible_facts['default_ipv4']['address'] }}",
    pxe_server_network: "{{ ansible_facts['default_ipv4']['network'] }}",
    pxe_server_root_password_hash: `{{ homelab_secrets.${rootPassword.secret} | password_hash('sha512', '${salt}') }}`,
    pxe_server_hosts: [{ name, mac: card.mac, installer, answer_file: `{{ inventory_dir }}/../install/${answerFileName(name, installer)}` }],
  };
}
