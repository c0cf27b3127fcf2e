/** IPv6 of a card: a fixed address in CIDR form, or who gives it one. */
export type CardIpv6 = 'auto' | 'dhcp' | { readonly address: string; readonly gateway?: string };

/** A network card of a guest, as it is given to Proxmox VE. */
export interface NetworkCard {
  readonly bridge: string;
  /** @default - Proxmox VE makes one */
  readonly macAddress?: string;
  readonly vlan?: number;
  readonly mtu?: number;
  readonly rateMBps?: number;
  /** Address in CIDR form, or `dhcp`. @default - none */
  readonly address?: string;
  /** Router, without prefix. @default - none */
  readonly gateway?: string;
  readonly ipv6?: CardIpv6;
}

/** Addresses of one card, as the provider's block `ip_config` has them. */
export interface IpConfig {
  readonly ipv4?: { readonly address: string; readonly gateway?: string };
  readonly ipv6?: { readonly address: string; readonly gateway?: string };
}

/**
 * Addresses of all cards, in their order. The provider pairs addresses and cards by place and reads none for a card without
 * one, so a rule has put such cards last.
 */
export function ipConfigOf(cards: readonly NetworkCard[]): IpConfig[] {
  return cards.filter(({ address, ipv6 }) => address ?? ipv6).map(({ address, gateway, ipv6 }) => ({
    ipv4: address === undefined ? undefined : { address, gateway },
    ipv6: typeof ipv6 === 'string' ? { address: ipv6 } : ipv6,
  }));
}

/**
 * A card of a virtual machine with all eleven keys: this attribute is a list of objects, and JSON has to spell out every
 * key of an object. `null` leaves the key to Proxmox VE (`enabled` and an empty MAC would give a diff for ever).
 */
export function networkDevice({ bridge, macAddress, mtu, rateMBps, vlan }: NetworkCard): Record<string, string | number | null> {
  return {
    bridge,
    disconnected: null,
    enabled: null,
    firewall: null,
    mac_address: macAddress ?? null,
    model: 'virtio',
    mtu: mtu ?? null,
    queues: null,
    rate_limit: rateMBps ?? null,
    trunks: null,
    vlan_id: vlan ?? null,
  };
}
