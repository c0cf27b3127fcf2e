import { formatIpv4, parseCidr } from '../core/ipv4';
import type { StartOrder } from '../proxmox/guest-lifecycle';
import type { NetworkCard } from '../proxmox/network-card';
import { imageFileName, type ImageProps } from '../template/image';
import type { ExtraCardProps, NetworkProps } from './guest-props';
import type { ServiceProps } from './service-props';
import { ownImageOf } from './vm';

/** The network of the house, into which a guest is plugged unless it says otherwise. */
export interface HouseNetwork {
  readonly bridge: string;
  /** Prefix length of its addresses. */
  readonly prefix: number;
  readonly gateway: string;
}

/** Network cards of a guest, eth0 first. */
export function cardsOf({ address, macAddress, network = {}, extraCards = [] }: ServiceProps, house: HouseNetwork): NetworkCard[] {
  const router = network.gateway === undefined ? undefined : parseCidr(network.gateway);
  const first = network.dhcp
    ? { address: 'dhcp' }
    : { address: `${address}/${router?.prefix ?? house.prefix}`, gateway: router ? formatIpv4(router.address) : house.gateway };
  return [
    { ...wiring(network, house), macAddress, ...first },
    ...extraCards.map((card) => ({ ...wiring(card, house), macAddress: card.macAddress, address: card.address })),
  ];
}

function wiring({ bridge, vlan, mtu, rateMBps, ipv6 }: NetworkProps | ExtraCardProps, house: HouseNetwork): NetworkCard {
  return { bridge: bridge ?? house.bridge, vlan, mtu, rateMBps, ipv6 };
}

/** Place of a guest in the start order. @param level its place by what it needs, from 1 */
export function startOrderOf({ startup = {} }: ServiceProps, level: number): StartOrder {
  return { order: startup.order ?? level, upDelay: startup.upDelaySec ?? -1, downDelay: startup.downDelaySec ?? -1 };
}

/** Images that services name for themselves, each file once. */
export function ownImages(services: readonly ServiceProps[], usual: ImageProps): ImageProps[] {
  const byFile = new Map(services.flatMap((service) => [service.image, ownImageOf(service)].flatMap((image) => (image ? [[imageFileName(image), image] as const] : []))));
  byFile.delete(imageFileName(usual));
  return [...byFile.values()];
}

/** Resource pools that services belong to, sorted. */
export function poolsOf(services: readonly ServiceProps[]): string[] {
  return [...new Set(services.flatMap(({ pool }) => pool ?? []))].sort();
}

/** What the DHCP server must know of services that ask it for their address. A rule has seen that each has a MAC address. */
export function reservationsOf(services: readonly ServiceProps[]): { readonly name: string; readonly macAddress: string; readonly address: string }[] {
  return services.flatMap(({ name, address, macAddress, network }) => (network?.dhcp && macAddress !== undefined ? [{ name, address, macAddress }] : []));
}
