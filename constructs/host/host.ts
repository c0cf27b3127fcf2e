import { Construct } from 'constructs';
import { AnsibleHost, AnsiblePlay, type RoleRun } from '../core/ansible';
import type { LabFacts, Plain } from '../core/setting';
import type { HomelabProps } from '../homelab-props';
import type { ServiceProps } from '../service/service-props';
import { pveBackupVariables, pveStorageVariables, zfsSetupVariables } from '../storage/storage-variables';
import { pveTemplateVariables } from '../template/template-variables';
import { hostRoles, hostSettingVariables } from './host-settings';
import { installationOf } from './installation';
import { tokenVariables, type TokenRights } from './token-rights';
import { machineFactVariables } from '../watch/machine-facts';
import { nvidiaVariables, pveBridgeVariables, pveInitVariables, pxeServerVariables } from './host-variables';

/**
 * The physical machine for Ansible: reached as root, brought from a fresh install to "Terraform may start" by the
 * roles in the order that a rebuild needs. Nothing here goes through the API token.
 */
export class Host extends Construct {
  constructor(scope: Construct, id: string, lab: HomelabProps, facts: LabFacts, rights: TokenRights) {
    super(scope, id);
    const hostName = lab.host.nodeName;
    new AnsibleHost(this, 'Machine', {
      hostName,
      address: facts.hostAddress,
      layer: 'metal',
      variables: { ...derivedVariables(lab, facts, rights), ...hostSettingVariables(lab.host.settings ?? {}, facts) },
    });
    // The pool comes before the storages on it, and the driver before the guest that uses it.
    const roles = hostRoles.filter((role) => role !== 'nvidia-passthrough' || lab.host.gpu);
    new AnsiblePlay(this, 'Metal', {
      playbook: 'metal',
      layer: 'metal',
      title: `Bring ${hostName} to where Terraform may start`,
      hostName,
      roles: roles.map((role) => ({ role })),
    });
    this.serveInstallation(lab);
  }

  /** The machine the owner sits at gives the host its installer and its answers, when it is asked to. */
  private serveInstallation(lab: HomelabProps): void {
    const installation = installationOf(lab);
    if (!installation) return;
    const hostName = 'localhost';
    const variables = { ansible_connection: 'local', ansible_become: true, ...pxeServerVariables(installation) };
    new AnsibleHost(this, 'Installer', { hostName, address: '127.0.0.1', layer: 'install', variables });
    new AnsiblePlay(this, 'Install', {
      playbook: 'install',
      layer: 'install',
      title: `Serve the unattended installation of ${lab.host.nodeName}`,
      hostName,
      roles: [{ role: 'pxe_server' }],
    });
  }
}

/** Variables of the host that follow from the definition, by full name. */
export function derivedVariables(lab: HomelabProps, facts: LabFacts, rights: TokenRights): Record<string, Plain> {
  return {
    ...pveInitVariables(lab, facts),
    ...tokenVariables(lab.host.apiToken, rights),
    ...pveBridgeVariables(lab),
    ...zfsSetupVariables(lab),
    ...pveStorageVariables(lab),
    ...pveTemplateVariables(),
    ...nvidiaVariables(lab),
    ...pveBackupVariables(lab),
    ...machineFactVariables({ kind: 'host', pool: lab.storage.pool.name, guests: lab.services.filter(({ startOnBoot = true }) => startOnBoot) }),
  };
}

/** Root's part on the host for a guest that has the graphics card: device nodes and matching libraries. */
export function passGpu({ host }: HomelabProps, { gpu, vmId, name }: ServiceProps): RoleRun | undefined {
  if (!host.gpu || !gpu) return undefined;
  return { role: 'nvidia-passthrough', tasksFrom: 'guests', variables: { nvidia_passthrough_guests: [{ vmid: vmId, name }] } };
}
