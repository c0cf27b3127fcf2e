import type { Container } from '../../rehearsal/node/guest';
import { card, running } from './running-house';

/** A house of life: its containers, and how many of them come in at the first try. */
export interface LifeHouse {
  readonly containers: readonly Container[];
  /** Configurations of guests beside them, as files of Proxmox VE. */
  readonly files?: Readonly<Record<string, string>>;
  /** Who stays known, and why, as a form; empty when all come in. */
  readonly told?: readonly RegExp[];
}

const fixed = (vmid: number, index = 0) => card(vmid, index, { ip: `192.168.88.${vmid % 250}/24`, gateway: '192.168.88.1' });
const onPool = (vmid: number, size = '8G') => ({ volume: `tank:subvol-${vmid}-disk-0`, size, path: '', settings: {} });

/** Twelve houses as they are met, told in facts. */
export const TWELVE: Readonly<Record<string, LifeHouse>> = {
  'made by hand in the UI: fixed addresses, descriptions, one core': {
    containers: [
      running(201, 'pihole', { cores: 1, memoryMiB: 512, swapMiB: 512, networks: [fixed(201)], description: 'DNS of the house\nask before you touch it\n' }),
      running(202, 'fileserver', { rootfs: onPool(202, '32G'), networks: [fixed(202)], protection: true }),
    ],
  },
  'made by community scripts: DHCP, tags and HTML of theirs': {
    containers: ['adguard', 'jellyfin', 'vaultwarden'].map((name, index) => running(210 + index, name, { tags: ['community-script', 'media'], description: '<div align="center">\n  <a href="https://example.org/?a=1&b=${c}">100 %{x}</a>\n</div>\n' })),
  },
  'made by another Terraform provider: data in root disks on local-lvm': {
    containers: ['gitea', 'postgres'].map((name, index) => running(220 + index, name, { rootfs: { volume: `local-lvm:vm-${220 + index}-disk-0`, size: '64G', path: '', settings: {} }, networks: [fixed(220 + index)], description: 'managed by terraform\n' })),
  },
  'privileged, with nesting and keyctl for Docker': {
    containers: [running(230, 'docker', { unprivileged: false, features: { nesting: 1, keyctl: 1 }, memoryMiB: 8192 })],
  },
  'a second card, a VLAN tag, IPv6, another MTU and a limit': {
    containers: [running(240, 'router', { networks: [{ ...fixed(240), ip6: 'fd00::2/64', gateway6: 'fd00::1' }, card(240, 1, { ip: '10.30.0.2/24', settings: { vlan_id: 30, mtu: 1400, rate_limit: 12, firewall: true } }), card(240, 2)] })],
  },
  'mounts shared between guests': {
    containers: ['sonarr', 'plex'].map((name, index) => running(250 + index, name, { mounts: [{ volume: '/tank/media', size: '', path: '/media', settings: { replicate: true } }] })),
  },
  'raw lines of LXC and ids of the host': {
    containers: [running(260, 'gpu-old', { settings: { raw: ['lxc.cgroup2.devices.allow: c 226:128 rwm', 'lxc.mount.entry: /dev/dri dev/dri none bind,optional,create=dir', 'lxc.idmap: u 0 100000 1000', 'lxc.idmap: g 0 100000 1000'] } })],
  },
  'device nodes of the graphics card': {
    containers: [running(270, 'ollama', { devices: [{ path: '/dev/nvidia0', mode: '0666', deny_write: false, uid: 0, gid: 0 }] })],
  },
  'a virtual machine with a disk passed through, beside containers': {
    containers: [running(280, 'mqtt')],
    files: { '/etc/pve/nodes/pve/qemu-server/281.conf': 'name: haos\ncores: 2\nmemory: 4096\nscsi1: /dev/disk/by-id/ata-X,size=931G\nnet0: virtio=BC:24:11:AA:BB:05,bridge=vmbr0' },
    told: [/281 haos stays known: it is a virtual machine/],
  },
  'stopped ones, a template, a guest locked by a backup': {
    containers: [running(290, 'sometimes', { status: 'stopped', onboot: false }), running(291, 'seed', { status: 'stopped', template: true }), running(292, 'busy', { settings: { raw: ['lock: backup'] } })],
    told: [/291 seed stays known: it is a template/, /292 busy stays known: it is locked \(backup\)/],
  },
  'names twice, with capitals and dots, start orders, limits of the processor': {
    containers: [
      running(300, 'Web', { settings: { startup: { order: 3, up_delay: 30, down_delay: 60 }, cpulimit: 1, cpuunits: 512 } }),
      running(301, 'web', { nameserver: '1.1.1.1 9.9.9.9', searchdomain: 'lan' }),
      running(302, 'nas.example.lan', { cores: 1, memoryMiB: 512, swapMiB: 0 }),
    ],
  },
  'root disks of odd sizes, on the root file system, and tags with capitals': {
    containers: [
      running(310, 'tiny', { rootfs: { volume: 'local:310/vm-310-disk-0.raw', size: '2G', path: '', settings: {} } }),
      running(311, 'odd', { rootfs: { volume: 'local-lvm:vm-311-disk-0', size: '8500M', path: '', settings: {} } }),
      running(312, 'shouting', { tags: ['Media'] }),
    ],
    told: [/311 odd stays known: its root disk is 8500M/, /312 shouting stays known: the tags 'Media'/],
  },
};
