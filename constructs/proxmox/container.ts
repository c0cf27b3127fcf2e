import type { ITerraformDependable } from 'cdktf';
import type { Construct } from 'constructs';
import { VirtualEnvironmentContainer } from '../../.gen/providers/proxmox/virtual-environment-container';
import { canonicalTags, createTimeoutSec, literalText, type StartOrder } from './guest-lifecycle';
import { ipConfigOf, type NetworkCard } from './network-card';

/** An LXC container as this house makes them. Everything is spelled out; provider defaults are never relied on. */
export interface ContainerProps {
  readonly nodeName: string;
  readonly vmId: number;
  readonly hostName: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly cores: number;
  readonly memoryMiB: number;
  readonly swapMiB: number;
  readonly diskGiB: number;
  /** PVE storage of the root disk. */
  readonly storage: string;
  /** Network cards, eth0 first. */
  readonly cards: readonly NetworkCard[];
  readonly domain: string;
  readonly nameservers: readonly string[];
  /** Keys for the first login; later keys are Ansible's, since a change here would replace the container. */
  readonly sshKeys: readonly string[];
  readonly os: string;
  /** Volume id of the image, literally. */
  readonly imageVolumeId: string;
  readonly startOnBoot: boolean;
  readonly startup: StartOrder;
  /** Cores' worth of time that it may use at most. @default - all its cores */
  readonly cpuLimit?: number;
  /** Weight against other guests. @default - Proxmox VE's own */
  readonly cpuUnits?: number;
  readonly unprivileged: boolean;
  /** Whether data hangs on it: then neither Terraform nor Proxmox VE may remove it. */
  readonly holdsData: boolean;
  readonly dependsOn?: readonly ITerraformDependable[];
}

/**
 * What Terraform leaves alone after the create. The first three are set by root on the host, which an API token can
 * never do; the others belong to its making: keys and image are read once and would replace the container when they
 * change, and the family of another image would be written over what really runs inside.
 */
export const ignoredChanges = [
  'device_passthrough',
  'features',
  'mount_point',
  'initialization[0].user_account',
  'operating_system',
] as const;

/** One LXC container. Its Terraform address is its host name, so that moving a class never moves a guest. */
export class Container extends VirtualEnvironmentContainer {
  constructor(scope: Construct, id: string, props: ContainerProps) {
    super(scope, id, {
      nodeName: props.nodeName,
      vmId: props.vmId,
      description: literalText(props.description),
      tags: canonicalTags(props.tags),
      unprivileged: props.unprivileged,
      // Only nesting may be set by a token, only at create, and only on an unprivileged container.
      features: props.unprivileged ? { nesting: true } : undefined,
      started: true,
      startOnBoot: props.startOnBoot,
      startup: { ...props.startup },
      protection: props.holdsData,
      cpu: { cores: props.cores, architecture: 'amd64', limit: props.cpuLimit, units: props.cpuUnits },
      memory: { dedicated: props.memoryMiB, swap: props.swapMiB },
      disk: { datastoreId: props.storage, size: props.diskGiB },
      networkInterface: props.cards.map((card, index) => ({
        name: `eth${index}`,
        bridge: card.bridge,
        enabled: true,
        firewall: false,
        macAddress: card.macAddress,
        vlanId: card.vlan,
        mtu: card.mtu,
        rateLimit: card.rateMBps,
      })),
      initialization: {
        hostname: props.hostName,
        dns: { domain: props.domain, servers: [...props.nameservers] },
        ipConfig: ipConfigOf(props.cards),
        userAccount: { keys: [...props.sshKeys] },
      },
      operatingSystem: { type: props.os, templateFileId: props.imageVolumeId },
      console: { enabled: true, type: 'tty', ttyCount: 2 },
      timeoutCreate: createTimeoutSec,
      timeoutDelete: 60,
      timeoutUpdate: createTimeoutSec,
      dependsOn: props.dependsOn && [...props.dependsOn],
      lifecycle: { ignoreChanges: [...ignoredChanges], preventDestroy: props.holdsData || undefined },
    });
    this.overrideLogicalId(props.hostName);
  }
}
