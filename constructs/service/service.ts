import type { TerraformResource } from 'cdktf';
import { Construct } from 'constructs';
import { AnsibleHost, AnsiblePlay, type Layer, type RoleRun } from '../core/ansible';
import { houseAuthority } from '../core/secret';
import { secretsIn, type LabFacts } from '../core/setting';
import { PoolMembership, type ResourcePool } from '../proxmox/resource-pool';
import { ConfigureTrigger } from './configure-trigger';
import { volumesOf } from './data';
import { makeContainer, makeVm, type GuestSite } from './make-guest';
import { roleDigest } from './role-digest';
import { keepsArtefacts, poolVariables } from './artefacts';
import { sealedDigest, type SealedSecrets } from './sealed-secrets';
import { isAnsibles, roleOf, type ServiceProps } from './service-props';
import { attachVolumes, serviceVariables, type ServiceSite } from './service-variables';
import { vmMacOf } from './vm';
import { wallsOf, wallVariables } from './walls';

/** What a service takes from the house. */
export interface ServiceContext extends ServiceSite, GuestSite {
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
 * One service: its guest in Terraform, its machine and plays in Ansible, and the trigger that runs the plays
 * when the definition of the service changes. Address and name have this one source.
 */
export class Service extends Construct {
  /** The guest in Terraform. */
  readonly resource: TerraformResource;
  /** MAC address of its first card, perhaps known only after apply. */
  readonly mac: string;
  /** @default - none: Ansible stays out of a machine that boots an image of its own */
  readonly trigger?: ConfigureTrigger;

  constructor(scope: Construct, id: string, readonly props: ServiceProps, context: ServiceContext) {
    super(scope, id);
    if (props.vm) {
      this.resource = makeVm(this, props, props.vm, context);
      this.mac = vmMacOf(props);
    } else {
      const container = makeContainer(this, props, context);
      this.resource = container;
      this.mac = container.networkInterface.get(0).macAddress;
    }
    if (props.pool !== undefined) {
      const after = [context.pools?.get(props.pool)].flatMap((pool) => pool ?? []);
      new PoolMembership(this, 'Pool', { pool: props.pool, vmId: props.vmId, guest: this.resource, after }).overrideLogicalId(props.name);
    }
    if (isAnsibles(props)) this.trigger = this.configure(context);
  }

  private configure(context: ServiceContext): ConfigureTrigger {
    const { props } = this;
    const layer = layerOf[props.tier];
    const walls = wallVariables(wallsOf(props, context));
    const variables = { ...serviceVariables(props, context, context.lab), ...walls, ...poolVariables(props, context) };
    new AnsibleHost(this, 'Host', { hostName: props.name, address: props.address, layer, variables });

    const attach = props.vm ? [] : [attachVolumes(props, context), ...[context.gpuRun(props)].flatMap((run) => run ?? [])];
    const disks = props.vm && volumesOf(props.data).length > 0 ? ['guest_disks'] : [];
    const dumps = props.saves?.kind === 'dumped' ? ['service_dump'] : [];
    const install = [...disks, 'guest_base', 'guest_walls', 'node_exporter', roleOf(props), ...dumps].map((role) => ({ role, ...(!props.vm && keepsArtefacts(context.roles, role) ? { artefacts: true } : {}) }));
    const playbook = `guests/${props.name}`;
    if (attach.length > 0) {
      new AnsiblePlay(this, 'Attach', {
        playbook,
        layer,
        title: `Attach to ${props.name} what only root on the host may`,
        hostName: context.nodeName,
        gatherFacts: false,
        roles: attach,
      });
    }
    const needs = props.needs?.filter((need) => context.services.every((other) => other.name !== need || isAnsibles(other)));
    new AnsiblePlay(this, 'Install', { playbook, layer, title: `Install ${props.name}`, hostName: props.name, roles: install, needs });
    return new ConfigureTrigger(this, 'Configure', {
      guest: props.name,
      playbook,
      definition: { variables, attach, install },
      roles: [...attach, ...install].map(({ role }) => [role, roleDigest(context.roles, role)]),
      secrets: context.sealedSecrets && sealedDigest(context.sealedSecrets, secretsOf(props, context.lab)),
      resource: this.resource,
      after: context.needed ?? [],
    });
  }
}

/** Names of the secrets that a guest is given: those of its settings, and the authority that every machine trusts. */
function secretsOf({ settings = {} }: ServiceProps, lab: LabFacts): readonly string[] {
  return [houseAuthority(lab), ...Object.values(settings).flatMap((setting) => secretsIn(setting, lab))].map(({ secret }) => secret);
}
