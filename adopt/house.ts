import { Refusal } from '../common/refusal';
import { parseGuestConfig, parseProperties, type GuestConfig } from './guest-config';
import { listeningPorts } from './proposal';
import type { Sections } from './sections';

/** A guest that is on the host. */
export interface FoundGuest {
  readonly vmId: number;
  readonly kind: 'container' | 'virtual machine';
  readonly node: string;
  readonly name: string;
  readonly isTemplate: boolean;
  readonly status: string;
  readonly config: GuestConfig;
  /** IPv4 addresses: declared ones, and those a running container has. */
  readonly addresses: readonly string[];
  readonly macAddresses: readonly string[];
  /** TCP ports that others can reach while it runs. */
  readonly listening: readonly number[];
  readonly cores: number;
  readonly memoryMiB: number;
}

/** What runs on the host today. */
export interface FoundHouse {
  readonly hostname: string;
  readonly pveVersion: string;
  readonly cores: number;
  readonly memoryMiB: number;
  /** By VMID. */
  readonly guests: readonly FoundGuest[];
  /** Storages of /etc/pve/storage.cfg: type and name. */
  readonly storages: readonly { readonly type: string; readonly name: string }[];
  /** Pools with their health. */
  readonly pools: readonly { readonly name: string; readonly health: string }[];
  /** Other things that concern guests: HA, replication and firewall entries, backup jobs. */
  readonly besides: readonly string[];
}

const CONFIG = /^\/etc\/pve\/nodes\/([^/]+)\/(lxc|qemu-server)\/(\d+)\.conf$/;
const IPV4 = /^(\d{1,3}\.){3}\d{1,3}$/;

interface Listed {
  readonly vmid: number;
  readonly status?: string;
  readonly name?: string;
}

/** Makes a house of what was read. @throws Refusal when guests are listed whose configuration is missing */
export function readHouse(sections: Sections): FoundHouse {
  const listed = new Map(parseListed(sections.get('resources')).map((guest) => [guest.vmid, guest]));
  const guests = [...sections].flatMap(([path, text]) => {
    const [, node, folder, vmid] = CONFIG.exec(path) ?? [];
    return vmid === undefined ? [] : [found(Number(vmid), node!, folder!, parseGuestConfig(text), listed.get(Number(vmid)), sections)];
  });
  const lacking = [...listed.keys()].filter((vmid) => !guests.some((guest) => guest.vmId === vmid));
  if (lacking.length > 0) throw new Refusal(`the host lists the guests ${lacking.join(', ')}, whose configuration was not read`, 'read it as root, on the node itself');
  return {
    hostname: (sections.get('hostname') ?? '').trim(),
    pveVersion: /pve-manager\/([\d.]+)/.exec(sections.get('pveversion') ?? '')?.[1] ?? 'unknown',
    cores: Number(sections.get('nproc') ?? 0),
    memoryMiB: Math.floor(Number(/^MemTotal:\s+(\d+)/m.exec(sections.get('/proc/meminfo') ?? '')?.[1] ?? 0) / 1024),
    guests: guests.sort((left, right) => left.vmId - right.vmId),
    storages: [...(sections.get('/etc/pve/storage.cfg') ?? '').matchAll(/^([a-z]+): (\S+)/gm)].map(([, type, name]) => ({ type: type!, name: name! })),
    pools: lines(sections.get('zpool')).map((line) => ({ name: line.split('\t')[0]!, health: line.split('\t')[2] ?? 'unknown' })),
    besides: [...sections.keys()].filter((name) => /\.fw$|ha\/resources|replication|jobs\.cfg$/.test(name) && sections.get(name)!.trim() !== ''),
  };
}

function parseListed(text: string | undefined): Listed[] {
  if (text === undefined) return [];
  try {
    const list: unknown = JSON.parse(text);
    if (Array.isArray(list)) return list.filter((item): item is Listed => Number.isInteger((item as Listed | null)?.vmid));
  } catch {
    // said below
  }
  throw new Refusal('the list of guests that was read from the host is no JSON list', 'read the host again');
}

function lines(text: string | undefined): string[] {
  return (text ?? '').split('\n').filter((line) => line.trim() !== '');
}

function found(vmId: number, node: string, folder: string, config: GuestConfig, listed: Listed | undefined, sections: Sections): FoundGuest {
  const running = sections.get(`addresses ${vmId}`);
  const one = (key: string) => config.values.get(key)?.[0];
  const whole = (key: string, otherwise: number) => (/^\d+$/.test(one(key) ?? '') ? Number(one(key)) : otherwise);
  const isContainer = folder === 'lxc';
  const cards = [...config.values].filter(([key]) => /^net\d+$/.test(key)).map(([, [text]]) => parseProperties(text!));
  const cloudInit = [...config.values].filter(([key]) => /^ipconfig\d+$/.test(key)).map(([, [text]]) => parseProperties(text!));
  const declared = [...cards, ...cloudInit].flatMap((card) => card.get('ip')?.split('/')[0] ?? []);
  const macs = cards.flatMap((card) => [...card.values()].filter((value) => /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(value)));
  return {
    vmId,
    kind: isContainer ? 'container' : 'virtual machine',
    node,
    name: one(isContainer ? 'hostname' : 'name') ?? listed?.name ?? `${isContainer ? 'CT' : 'VM'}${vmId}`,
    isTemplate: one('template') === '1',
    status: listed?.status ?? 'unknown',
    config,
    addresses: [...new Set([...declared, ...lines(running).map((line) => line.trim())].filter((address) => IPV4.test(address)))],
    listening: listeningPorts(sections.get(`tcp ${vmId}`) ?? ''),
    macAddresses: [...new Set(macs.map((mac) => mac.toLowerCase()))],
    // PVE's own defaults: a container without `cores` may use all, a machine has one core and 512 MiB.
    cores: isContainer ? whole('cores', 0) : whole('cores', 1) * whole('sockets', 1),
    memoryMiB: whole('memory', 512),
  };
}
