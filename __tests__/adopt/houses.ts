/** What read-host.sh prints of a host with these guests. */
export function printed(files: Readonly<Record<string, string>>, resources?: unknown): string {
  const all = { 'homelab-house 1': '', hostname: 'pve', pveversion: 'pve-manager/9.1.5/abc (running kernel: 6.17.4-2-pve)', nproc: '4', '/proc/meminfo': 'MemTotal:       32810000 kB', ...files };
  const list = resources === undefined ? {} : { resources: JSON.stringify(resources) };
  const lines = Object.entries({ ...all, ...list, end: '' }).flatMap(([name, text]) => [`@ ${name}`, ...(text === '' ? [] : text.split('\n').map((line: string) => ` ${line}`))]);
  return `${lines.join('\n')}\n`;
}

const lxc = (vmid: number) => `/etc/pve/nodes/pve/lxc/${vmid}.conf`;
const qemu = (vmid: number) => `/etc/pve/nodes/pve/qemu-server/${vmid}.conf`;

/** Houses as they are in life, each with what must be known of it. */
export const HOUSES: Readonly<Record<string, { readonly files: Readonly<Record<string, string>>; readonly known: readonly object[]; readonly says: readonly RegExp[] }>> = {
  'made by hand in the UI': {
    files: { [lxc(201)]: 'arch: amd64\ncores: 2\nhostname: pihole\nmemory: 1024\nnet0: name=eth0,bridge=vmbr0,gw=192.168.88.1,hwaddr=BC:24:11:AA:BB:01,ip=192.168.88.53/24,type=veth\nonboot: 1\nostype: debian\nrootfs: local-lvm:vm-201-disk-0,size=8G\nswap: 512\nunprivileged: 1' },
    known: [{ vmId: 201, name: 'pihole', kind: 'container', cores: 2, memoryMiB: 1024, addresses: ['192.168.88.53'], macAddresses: ['bc:24:11:aa:bb:01'] }],
    says: [/201 pihole \(container, unknown\): known/],
  },
  'made by a community script, with DHCP': {
    files: {
      [lxc(202)]: '#<div align=\'center\'>%0A  <a href=\'https%3A//example.org\'>\ncores: 2\nhostname: jellyfin\nmemory: 2048\nnet0: name=eth0,bridge=vmbr0,hwaddr=BC:24:11:AA:BB:02,ip=dhcp,type=veth\nrootfs: local-lvm:vm-202-disk-0,size=8G\ntags: community-script;media\nunprivileged: 1\ndev0: /dev/dri/renderD128,gid=104',
      'addresses 202': '192.168.88.77\nfe80::1',
    },
    known: [{ vmId: 202, name: 'jellyfin', addresses: ['192.168.88.77'] }],
    says: [/202 jellyfin/],
  },
  'one of ours, as an installer script left it': {
    files: { [lxc(102)]: 'cores: 2\nhostname: n8n\nmemory: 1024\nnet0: name=eth0,bridge=vmbr0,hwaddr=BC:24:11:AA:BB:03,ip=dhcp\nnet1: name=eth1,bridge=vmbr1,hwaddr=BC:24:11:AA:BB:04,ip=10.9.9.2/24\nrootfs: local-lvm:vm-102-disk-0,size=8G\nlxc.idmap: u 0 100000 65536\nlxc.idmap: g 0 100000 65536\n\n[before]\nmemory: 512' },
    known: [],
    says: [/102 n8n .*: service 'n8n' of the definition/, /storage of the root disk: local-lvm on the host, tank in the definition/, /memory: 1024 MiB on the host, 2048 MiB in the definition; to keep it: memoryMiB: 1024/, /net1 = .*in the way/, /lxc\.idmap = u 0 100000 65536: in the way/, /snapshot = before: left alone/, /unprivileged: no on the host, yes in the definition/],
  },
  'a machine with a disk passed through, and a template': {
    files: {
      [qemu(301)]: 'name: haos\ncores: 2\nsockets: 2\nmemory: 4096\nnet0: virtio=BC:24:11:AA:BB:05,bridge=vmbr0\nipconfig0: ip=192.168.88.9/24\nscsi1: /dev/disk/by-id/ata-X,size=931G\nlock: backup\ncipassword: secret',
      [qemu(9000)]: 'name: noble\ncores: 8\nmemory: 16384\ntemplate: 1\nnet0: virtio=BC:24:11:AA:BB:06,bridge=vmbr0',
    },
    known: [
      { vmId: 301, kind: 'virtual machine', cores: 4, memoryMiB: 4096, addresses: ['192.168.88.9'] },
      { vmId: 9000, cores: 0, memoryMiB: 0 },
    ],
    says: [/301 haos/, /lock = backup: to do/, /9000 noble .*known \(a template\)/],
  },
  'one whose name is no line of TypeScript': {
    files: { [lxc(401)]: "hostname: it's{{x}}\ncores: 1\nmemory: 128\nrootfs: tank:subvol-401-disk-0,size=1G" },
    known: [{ vmId: 401, name: 'it-s-x}}' }],
    says: [/401/],
  },
};
