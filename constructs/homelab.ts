import { TerraformResource, type ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { neededPrivileges, type NeededPrivileges, type StackResources } from '../common/privileges';
import { parseCidr } from './core/ipv4';
import { DefinitionError } from './core/problem';
import { HandOver } from './hand-over';
import type { HomelabProps } from './homelab-props';
import { Host, passGpu } from './host/host';
import { tokenRightsOf, type TokenRights } from './host/token-rights';
import { factsOf } from './lab-facts';
import { LabStack } from './lab-stack';
import { AdoptedContainer } from './proxmox/adopted-container';
import { Container } from './proxmox/container';
import { ImageDownload } from './proxmox/image-download';
import type { StateBackendProps } from './proxmox/state-backend';
import { ResourcePool } from './proxmox/resource-pool';
import { VmTemplate } from './proxmox/vm-template';
import { checkHomelab } from './rules';
import { orderByNeeds } from './rules/dependencies';
import { poolStackOf, stackOf } from './rules/path';
import { ConfigureTrigger } from './service/configure-trigger';
import { ownImages, poolsOf } from './service/guest';
import { Roles } from './service/role-options';
import type { SealedSecrets } from './service/sealed-secrets';
import { Service, type ServiceContext } from './service/service';
import { formerNamesOf, type ServiceProps } from './service/service-props';
import { Storage } from './storage/storage';
import { imageFileName } from './template/image';
import { Template } from './template/template';

/** Choices of one run that are no property of the house. */
export interface HomelabOptions {
  /** Where Terraform keeps its state. @default 's3' */
  readonly state?: StateBackendProps['kind'];
  /** Whether services are held against what their roles declare. @default false */
  readonly checkRoles?: boolean;
  /** Folder of the Ansible roles; what is in it decides when a guest is configured again. @default 'ansible/roles' */
  readonly roles?: string;
  /** Secrets as they stand encrypted; a changed one configures its guests again. @default - none does */
  readonly sealedSecrets?: SealedSecrets;
}

/**
 * The root: builds a whole house from its definition. Stacks lie directly below the app, since their names are the
 * folders that the other tools know: `foundation` makes what the state itself is kept on, `services` makes the rest.
 * @throws DefinitionError with every problem of the definition, before anything is built
 */
export class Homelab extends Construct {
  /** What Terraform's API token may do. */
  readonly tokenRights: TokenRights;

  constructor(scope: Construct, id: string, lab: HomelabProps, options: HomelabOptions = {}) {
    super(scope, id);
    const problems = checkHomelab(lab, options.checkRoles ? new Roles(options.roles ?? 'ansible/roles') : undefined);
    if (problems.length > 0) throw new DefinitionError(problems);

    const facts = factsOf(lab);
    const state = stateOf(lab, options, facts.addressOf(lab.state.service));
    const stack = (name: string): LabStack => new LabStack(scope, name, { address: facts.hostAddress, state });

    const foundation = stack('foundation');
    const { nodeName, bridge } = lab.host;
    const storageId = lab.storage.pool.name;
    const storage = new Storage(foundation, 'storage', { ...lab.storage, nodeName });
    const containerImage = new ImageDownload(foundation, 'container-image', { ...lab.containerImage, nodeName });
    for (const image of ownImages(lab.services, lab.containerImage)) {
      const file = imageFileName(image);
      new ImageDownload(foundation, `image ${file}`, { ...image, nodeName }).overrideLogicalId(`image-${file.replace(/[^A-Za-z0-9]+/g, '-')}`);
    }
    new Template(foundation, 'template', { ...lab.template, nodeName, bridge: bridge.name, sshKeys: lab.sshKeys, storage, storageId });

    for (const { name } of lab.retiredTemplates ?? []) foundation.forget(VmTemplate.tfResourceType, name);

    const services = stack('services');
    services.addDependency(foundation);

    const { ordered, level } = orderByNeeds(lab.services);
    const common = { ...commonContext(lab, facts), roles: options.roles ?? 'ansible/roles', sealedSecrets: options.sealedSecrets };
    const build = (target: LabStack, dependsOn?: readonly ITerraformDependable[]): void => {
      const stackName = target.node.id;
      const mine = ordered.filter((service) => stackOf(lab, service) === stackName);
      const pools = new Map(poolsOf(lab.services).filter((pool) => poolStackOf(lab, pool) === stackName).map((pool) => [pool, new ResourcePool(target, `pool ${pool}`, pool)]));
      const context = { ...common, stack: stackName, dependsOn, pools };
      const built = new Map<string, Service>();
      for (const service of mine) {
        const needed = (service.needs ?? []).flatMap((need) => built.get(need)?.trigger ?? []);
        built.set(service.name, new Service(target, service.name, service, { ...context, needed, level: level.get(service.name)! + 1 }));
        followNames(target, service);
      }
      for (const { name } of lab.retired ?? []) for (const type of addressTypes) target.forget(type, name);
      new HandOver(target, 'hand-over', stackName, [...built.values()]);
    };
    build(foundation, [containerImage, storage.resource]);
    build(services);
    const adopted = new Construct(services, 'adopted');
    for (const guest of lab.adopted ?? []) new AdoptedContainer(adopted, guest.name, nodeName, guest);

    this.tokenRights = tokenRightsOf(lab.host.apiToken, needsOf([foundation, services]));
    new Host(this, 'host', lab, facts, this.tokenRights);
  }
}

/** What a service has under its own name in Terraform: its guest, and the trigger that configures it. */
const addressTypes = [Container.tfResourceType, ConfigureTrigger.tfResourceType];

/** The same for a service whose guest is a virtual machine. */
const vmAddressTypes = [VmTemplate.tfResourceType, ConfigureTrigger.tfResourceType];

/** A renamed service keeps all that it has in the state, from the oldest name on. */
function followNames(stack: LabStack, service: ServiceProps): void {
  const names = [...formerNamesOf(service), service.name];
  for (const type of service.vm ? vmAddressTypes : addressTypes) names.slice(1).forEach((name, index) => stack.move(type, names[index]!, name));
}

/** Privileges that the resources of stacks need. They are looked at unresolved: only whether something is given matters. */
function needsOf(stacks: readonly LabStack[]): NeededPrivileges {
  // An adopted guest is never made, and what making it would need is not asked for.
  const resources = stacks.flatMap((stack) => stack.node.findAll().filter(TerraformResource.isTerraformResource)).filter((resource) => !(resource instanceof AdoptedContainer));
  return neededPrivileges(resources.map((resource) => resource.toTerraform() as StackResources));
}

function stateOf(lab: HomelabProps, options: HomelabOptions, address: string): StateBackendProps {
  if (options.state === 'local') return { kind: 'local' };
  return { kind: 's3', endpoint: `https://${address}:${lab.state.port}`, bucket: lab.state.bucket };
}

/** What every service takes from the house alike. */
function commonContext(lab: HomelabProps, facts: ServiceContext['lab']): Omit<ServiceContext, 'stack' | 'level' | 'roles' | 'sealedSecrets'> {
  const { host, storage } = lab;
  return {
    lab: facts,
    services: lab.services,
    admins: host.adminAddresses ?? [facts.network],
    nodeName: host.nodeName,
    network: { bridge: host.bridge.name, prefix: parseCidr(host.bridge.address)!.prefix, gateway: host.bridge.gateway },
    nameservers: host.nameservers,
    sshKeys: lab.sshKeys,
    pool: storage.pool.name,
    volumesDataset: `${storage.pool.name}/${storage.volumesDataset}`,
    storageId: storage.pool.name,
    image: lab.containerImage,
    template: { vmId: lab.template.vmId, user: lab.template.user },
    domain: lab.domain,
    gpuRun: (service) => passGpu(lab, service),
  };
}
