import type { Artefact } from './artefact';

/** Names of the house for the DNS server that the LAN has. */
export interface DnsProps {
  /** Name of the house; marks its records, so that a later file replaces them and no others. */
  readonly house: string;
  /** IPv4 address by full name, e.g. `n8n.home.arpa`. */
  readonly names: Readonly<Record<string, string>>;
  /** Machines that ask DHCP for their address. @default - none */
  readonly reservations?: readonly Reservation[];
}

/** An address that a DHCP server keeps for one network card. */
export interface Reservation {
  readonly name: string;
  readonly macAddress: string;
  readonly address: string;
}

/** The same records in three forms, below `dns/`: for /etc/hosts, for dnsmasq (Pi-hole, OpenWrt) and for RouterOS; reservations for the latter two. */
export function renderDns({ house, names, reservations = [] }: DnsProps): Artefact[] {
  const records = Object.entries(names);
  const file = (name: string, lines: readonly string[]): Artefact => ({ path: `dns/${name}`, content: `${lines.join('\n')}\n` });
  const header = '# Written by `cdktf synth` from homelab/. Do not edit.';
  return [
    file('hosts', [header, ...records.map(([name, address]) => `${address} ${name} ${name.split('.')[0]}`)]),
    file('dnsmasq.conf', [header, ...records.map(([name, address]) => `host-record=${name},${address}`)]),
    file('routeros.rsc', [
      header,
      '/ip dns static',
      `remove [find comment="homelab ${house}"]`,
      ...records.map(([name, address]) => `add name=${name} address=${address} comment="homelab ${house}"`),
      ...reservations.flatMap(({ macAddress, address }, index) => [
        ...(index === 0 ? ['/ip dhcp-server lease', `remove [find comment="homelab ${house}"]`] : []),
        `add mac-address=${macAddress.toUpperCase()} address=${address} comment="homelab ${house}"`,
      ]),
    ]),
    ...(reservations.length > 0 ? [file('reservations.conf', [header, ...reservations.map(({ macAddress, address, name }) => `dhcp-host=${macAddress},${address},${name}`)])] : []),
  ];
}
