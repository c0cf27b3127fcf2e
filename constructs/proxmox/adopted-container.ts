import type { Construct } from 'constructs';
import { VirtualEnvironmentContainer } from '../../.gen/providers/proxmox/virtual-environment-container';
import type { AdoptedCardProps, AdoptedDiskProps, AdoptedGuestProps } from '../adopted/adopted-props';
import { createTimeoutSec, literalText } from './guest-lifecycle';

/**
 * Image of a container that nobody makes: if its guest is gone, an apply must fail, and not put an empty one there.
 * Terraform looks at it only when it creates.
 */
const NEVER_MADE = 'local:vztmpl/adopted-guests-are-never-made.tar.zst';

/** What an import does not bring, what only root may set, and whether it runs now, which is its owner's business. */
const LEFT_ALONE = [
  'console',
  'device_passthrough',
  'environment_variables',
  'features',
  'hook_script_file_id',
  'idmap',
  'initialization[0].entrypoint',
  'initialization[0].user_account',
  'mount_point',
  'operating_system',
  'started',
] as const;

/** A container that was there before: every value that Terraform could change is said, so that it changes none. */
export class AdoptedContainer extends VirtualEnvironmentContainer {
  constructor(scope: Construct, id: string, nodeName: string, props: AdoptedGuestProps) {
    const { rootDisk, cards, nameservers, searchDomain, start } = props;
    super(scope, id, {
      nodeName,
      vmId: props.vmId,
      ...(props.description === undefined ? {} : { description: literalText(props.description) }),
      tags: [...(props.tags ?? [])],
      unprivileged: props.unprivileged,
      startOnBoot: props.startOnBoot,
      ...(start && { startup: { order: start.order ?? -1, upDelay: start.upDelaySec ?? -1, downDelay: start.downDelaySec ?? -1 } }),
      protection: props.protection ?? false,
      cpu: cpuOf(props),
      memory: memoryOf(props),
      disk: diskOf(rootDisk),
      networkInterface: cards.map(cardOf),
      initialization: {
        hostname: props.hostName ?? props.name,
        ...(nameservers || searchDomain !== undefined ? { dns: { domain: searchDomain ?? '', servers: [...(nameservers ?? [])] } } : {}),
        ipConfig: cards.flatMap(addressesOf),
      },
      operatingSystem: { type: props.os, templateFileId: NEVER_MADE },
      timeoutCreate: createTimeoutSec,
      timeoutDelete: 60,
      timeoutUpdate: createTimeoutSec,
      lifecycle: { ignoreChanges: [...LEFT_ALONE], preventDestroy: true },
    });
    this.overrideLogicalId(props.name);
  }
}

/*
 * The provider reads a block of a guest that it did not make only when one of its values is not the provider's own
 * default. One that is said all the same would be written, so each is said exactly then.
 */

// A file without `cores` is read as one core.
const cpuOf = ({ cores = 1, architecture = 'amd64', cpuLimit: limit, cpuUnits: units }: AdoptedGuestProps) =>
  cores === 1 && architecture === 'amd64' && !limit && !units ? undefined : { cores, architecture, limit, units };

// A file without `swap` is read as no swap.
const memoryOf = ({ memoryMiB: dedicated, swapMiB: swap = 0 }: AdoptedGuestProps) => (dedicated === 512 && swap === 0 ? undefined : { dedicated, swap });

function diskOf({ storage, sizeGiB, acl, quota, replicate, mountOptions = [] }: AdoptedDiskProps) {
  if (storage === 'local' && !acl && !quota && !replicate && mountOptions.length === 0) return undefined;
  return { datastoreId: storage, size: sizeGiB, acl, quota, replicate, ...(mountOptions.length > 0 && { mountOptions: [...mountOptions] }) };
}

const cardOf = ({ name, bridge, macAddress, vlanTag, mtu, rateMBps, firewall, isDown }: AdoptedCardProps) => ({
  name,
  bridge,
  // As Proxmox VE gives it back.
  macAddress: macAddress.toUpperCase(),
  enabled: isDown !== true,
  firewall: firewall ?? false,
  vlanId: vlanTag,
  mtu,
  rateLimit: rateMBps,
});

function addressesOf({ ipv4, gateway, ipv6, gateway6 }: AdoptedCardProps) {
  if (ipv4 === undefined && ipv6 === undefined) return [];
  return [{ ...(ipv4 && { ipv4: { address: ipv4, gateway } }), ...(ipv6 && { ipv6: { address: ipv6, gateway: gateway6 } }) }];
}
