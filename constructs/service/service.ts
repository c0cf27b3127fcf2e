import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { AnsibleHost, AnsiblePlay, type Layer, type RoleRun } from '../core/ansible';
import { houseAuthority } from '../core/secret';
import { secretsIn, type LabFacts } from '../core/setting';
import { Container } from '../proxmox/container';
import { PoolMembership, type ResourcePool } from '../proxmox/resource-pool';
import { imageVolumeId, type ImageProps } from '../template/image';
import { ConfigureTrigger } from './configure-trigger';
import { cardsOf, startOrderOf, type HouseNetwork } from './guest';
import { roleDigest } from './role-digest';
import { sealedDigest, type SealedSecrets } from './sealed-secrets';
import { roleOf, type ServiceProps } from './service-props';
import { attachVolumes, serviceVariables, type ServiceSite } from './service-variables';
import { wallsOf, wallVariables } from './walls';

/** What a service takes from the house. */
export interface ServiceContext extends ServiceSite {
  readonly nodeName: string;
  readonly network: HouseNetwork;
  readonly nameservers: readonly string[];
  readonly storageId: string;
  /** Image of containers that name none of their own. */
  readonly image: ImageProps;
  /** Place in the start order by what it needs, from 1. */
  readonly level: number;
  /** What must exist before the container, when this stack makes it. */
  readonly dependsOn?: readonly ITerraformDependable[];
  /** Triggers of the services it needs, as far as its own stack makes them. @default - none */
  readonly needed?: readonly ConfigureTrigger[];
  /** Root's part for a guest with a graphics card, run on the host. */
  readonly gpuRun: (service: ServiceProps) => RoleRun | undefined;
  /** Resource pools that this stack makes, by name. @default - none */
  readonly pools?: ReadonlyMap<string, ResourcePool>;
  readonly lab: LabFacts;
  /** From where the owner works. */
  readonly admins: readonly string[];
  /** Folder of the Ansible roles. */
  readonly roles: string;
  /** Secrets as they stand encrypted. @default - a changed secret configures no guest again */
  readonly sealedSecrets?: SealedSecrets;
}

const layerOf: Readonly<Record<ServiceProps['tier'], Layer>> = { platform: 'platform', app: 'apps' };

/**
 * One service: its container in Terraform, its machine and plays in Ansible, and the trigger that runs the plays
 * when the definition of the service changes. Address and name have this one source.
 */
export class Service extends Construct {
  readonly container: Container;
  readonly trigger: ConfigureTrigger;

  constructor(scope: Construct, id: string, readonly props: ServiceProps, context: ServiceContext) {
    super(scope, id);
    this.container = this.makeContainer(context);
    if (props.pool !== undefined) {
      const after = [context.pools?.get(props.pool)].flatMap((pool) => pool ?? []);
      new PoolMembership(this, 'Pool', { pool: props.pool, vmId: props.vmId, guest: this.container, after }).overrideLogicalId(props.name);
    }
    const layer = layerOf[props.tier];
    const walls = wallVariables(wallsOf(props, context));
    const variables = { ...serviceVariables(props, context, context.lab), ...walls };
    new AnsibleHost(this, 'Host', { hostName: props.name, address: props.address, layer, variables });

    const attach = [attachVolumes(props, context), ...[context.gpuRun(props)].flatMap((run) => run ?? [])];
    const dumps = props.saves?.kind === 'dumped' ? ['service_dump'] : [];
    const install = ['guest_base', 'guest_walls', 'node_exporter', roleOf(props), ...dumps].map((role) => ({ role }));
    const playbook = `guests/${props.name}`;
    new AnsiblePlay(this, 'Attach', {
      playbook,
      layer,
      title: `Attach to ${props.name} what only root on the host may`,
      hostName: context.nodeName,
      gatherFacts: false,
      roles: attach,
    });
    new AnsiblePlay(this, 'Install', { playbook, layer, title: `Install ${props.name}`, hostName: props.name, roles: install, needs: props.needs });
    this.trigger = new ConfigureTrigger(this, 'Configure', {
      guest: props.name,
      playbook,
      definition: { variables, attach, install },
      roles: [...attach, ...install].map(({ role }) => [role, roleDigest(context.roles, role)]),
      secrets: context.sealedSecrets && sealedDigest(context.sealedSecrets, secretsOf(props, context.lab)),
      container: this.container,
      after: context.needed ?? [],
    });
  }

  private makeContainer(context: ServiceContext): Container {
    const { props } = this;
    return new Container(this, 'Resource', {
      nodeName: context.nodeName,
      vmId: props.vmId,
      hostName: props.name,
      description: props.purpose,
      tags: [props.tier, ...(props.tags ?? [])],
      cores: props.cores,
      memoryMiB: props.memoryMiB,
      swapMiB: props.swapMiB ?? 512,
      diskGiB: props.diskGiB,
      storage: props.rootStorage ?? context.storageId,
      cards: cardsOf(props, context.network),
      domain: context.lab.domain,
      nameservers: context.nameservers,
      sshKeys: context.sshKeys,
      os: (props.image ?? context.image).os,
      imageVolumeId: imageVolumeId(props.image ?? context.image),
      startOnBoot: props.startOnBoot ?? true,
      startup: startOrderOf(props, context.level),
      cpuLimit: props.cpu?.limit,
      cpuUnits: props.cpu?.units,
      unprivileged: props.unprivileged ?? true,
      holdsData: props.data.kind === 'volumes',
      dependsOn: context.dependsOn,
    });
  }
}

/** Names of the secrets that a guest is given: those of its settings, and the authority that every machine trusts. */
function secretsOf({ settings = {} }: ServiceProps, lab: LabFacts): readonly string[] {
  return [houseAuthority(lab), ...Object.values(settings).flatMap((setting) => secretsIn(setting, lab))].map(({ secret }) => secret);
}
