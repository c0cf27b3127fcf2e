import type { GuestSummary, LabSummary } from '../../../constructs/core/summary';

type GuestFacts = Partial<GuestSummary> & Pick<GuestSummary, 'vmId' | 'name' | 'purpose' | 'tier'>;

/** One guest with everything a picture needs; what is not given follows from the VMID. */
export function guest(facts: GuestFacts): GuestSummary {
  const address = facts.address ?? `10.20.${Math.floor(facts.vmId / 250)}.${(facts.vmId % 250) + 1}`;
  const ports = facts.ports ?? [{ port: 8080, use: 'web interface' }];
  return {
    stack: 'services',
    address,
    cores: 1,
    memoryMiB: 512,
    rootDiskGiB: 8,
    ports,
    health: `GET http://${address}:${ports[0]?.port ?? 80}/health`,
    volumes: [],
    gpu: false,
    needs: [],
    notices: [],
    ...facts,
  };
}

const volume = (name: string, path: string, quotaGiB: number) => ({ path, dataset: `vault/data/${name}`, quotaGiB });

const guests: readonly GuestSummary[] = [
  guest({
    vmId: 201, name: 'garage', purpose: 'Object storage that keeps the Terraform state', tier: 'platform', stack: 'foundation',
    cores: 2, memoryMiB: 1024, rootDiskGiB: 10, ports: [{ port: 3900, use: 'S3 API' }, { port: 3903, use: 'admin API' }],
    health: 'GET http://10.20.0.202:3903/health', volumes: [volume('garage', '/var/lib/garage', 120)],
  }),
  guest({
    vmId: 202, name: 'adguard', purpose: 'DNS for the house, without advertisements', tier: 'platform',
    ports: [{ port: 53, use: 'DNS' }, { port: 3000, use: 'web interface' }], disposable: 'its filter lists are downloaded again',
  }),
  guest({
    vmId: 203, name: 'caddy', purpose: 'Reverse proxy with certificates', tier: 'platform',
    ports: [{ port: 443, use: 'HTTPS' }], needs: ['adguard'], disposable: 'certificates are issued again',
  }),
  guest({
    vmId: 204, name: 'mariadb', purpose: 'Database of nextcloud', tier: 'platform', cores: 2, memoryMiB: 2048, rootDiskGiB: 12,
    ports: [{ port: 3306, use: 'MySQL protocol' }], health: 'TCP 10.20.0.205:3306', volumes: [volume('mariadb', '/var/lib/mysql', 40)],
  }),
  guest({
    vmId: 205, name: 'valkey', purpose: 'Cache and queue', tier: 'platform',
    ports: [{ port: 6379, use: 'RESP' }], health: 'TCP 10.20.0.206:6379', disposable: 'a cache',
  }),
  guest({
    vmId: 206, name: 'mosquitto', purpose: 'MQTT broker of the sensors', tier: 'platform', memoryMiB: 256, rootDiskGiB: 4,
    ports: [{ port: 1883, use: 'MQTT' }], health: 'TCP 10.20.0.207:1883', disposable: 'sensors send again',
  }),
  guest({
    vmId: 211, name: 'jellyfin', purpose: 'Films and music', tier: 'app', cores: 4, memoryMiB: 4096, rootDiskGiB: 20, gpu: true,
    ports: [{ port: 8096, use: 'web interface' }], needs: ['caddy'],
    volumes: [volume('jellyfin', '/var/lib/jellyfin', 60), volume('media', '/srv/media', 1200)],
  }),
  guest({
    vmId: 212, name: 'nextcloud', purpose: 'Files, calendars and contacts', tier: 'app', cores: 2, memoryMiB: 3072, rootDiskGiB: 16,
    ports: [{ port: 443, use: 'HTTPS' }], needs: ['mariadb', 'valkey', 'caddy'], volumes: [volume('nextcloud', '/srv/nextcloud', 500)],
  }),
  guest({
    vmId: 213, name: 'homeassistant', purpose: 'Lights, heating and sensors', tier: 'app', cores: 2, memoryMiB: 2048, rootDiskGiB: 12,
    ports: [{ port: 8123, use: 'web interface' }], needs: ['mosquitto'], volumes: [volume('homeassistant', '/srv/homeassistant', 20)],
  }),
  guest({
    vmId: 214, name: 'vaultwarden', purpose: 'Passwords of the family', tier: 'app',
    ports: [{ port: 8000, use: 'web interface' }], needs: ['caddy'], volumes: [volume('vaultwarden', '/var/lib/vaultwarden', 2)],
  }),
  guest({
    vmId: 215, name: 'frigate', purpose: 'Two cameras at the door', tier: 'app', cores: 4, memoryMiB: 4096, rootDiskGiB: 16,
    ports: [{ port: 5000, use: 'web interface' }], needs: ['mosquitto'], volumes: [volume('frigate', '/srv/recordings', 300)],
    notices: ['recordings older than 14 days are deleted by frigate itself'],
  }),
  guest({
    vmId: 216, name: 'uptime-kuma', purpose: 'Tells when a service is down', tier: 'app',
    ports: [{ port: 3001, use: 'web interface' }], needs: ['adguard'], disposable: 'monitors are declared again',
  }),
];

/** A house that is nobody's: twelve guests on a small machine with two mirrored disks. */
export const sampleLab: LabSummary = {
  name: 'birch-lane',
  host: {
    name: 'birch', board: 'ASRock B760M Pro', cpu: 'Intel Core i5-13500T', cores: 14, memoryMiB: 31_868, gpu: 'Intel Arc A380',
    pveVersion: '9.1.2', kernel: '6.17.2-1-pve', address: '10.20.0.2/16', rootGiB: 96, sataPorts: 4, sataUsed: 3,
  },
  pool: {
    name: 'vault', usableGiB: 3_600, layout: 'mirror of 2', intent: 'two mirrors of 2',
    datasets: [
      { name: 'vault/guests', mountpoint: '/vault/guests', purpose: 'root disks of the guests' },
      { name: 'vault/data', mountpoint: '/vault/data', purpose: 'volumes that outlive a guest' },
      { name: 'vault/backups', mountpoint: '/vault/backups', purpose: 'everything that is a copy' },
      { name: 'vault/backups/lxc', mountpoint: '/vault/backups/lxc', purpose: 'vzdump archives' },
    ],
  },
  bridge: { name: 'vmbr0', network: '10.20.0.0/16', gateway: '10.20.0.1' },
  template: { vmId: 9000, name: 'debian-13-cloud', image: 'debian-13-genericcloud-amd64-20261101.qcow2' },
  guests,
  backup: { path: '/vault/backups/lxc', storage: 'backups', schedule: 'every day at 02:30', retention: '7 daily, 4 weekly, 6 monthly' },
  capacity: {
    memory: {
      unit: 'MiB',
      parts: [
        { label: 'host reserve', amount: 2048 },
        { label: 'ZFS ARC cap', amount: 4096 },
        ...guests.map(({ name, memoryMiB }) => ({ label: name, amount: memoryMiB })),
      ],
      budget: 28_681,
      limit: 31_868,
    },
    cpu: { unit: 'vCPU', parts: guests.map(({ name, cores }) => ({ label: name, amount: cores })), budget: 42, limit: 56 },
    pool: {
      unit: 'GiB',
      parts: [
        { label: 'root disks', amount: guests.reduce((sum, { rootDiskGiB }) => sum + rootDiskGiB, 0) },
        { label: 'data volumes', amount: guests.reduce((sum, { volumes }) => sum + volumes.reduce((part, { quotaGiB }) => part + quotaGiB, 0), 0) },
        { label: 'backups', amount: 600 },
      ],
      budget: 3_240,
      limit: 3_600,
    },
  },
  known: [],
  notices: ['vault is a mirror of two disks: it is no backup outside the house'],
};

/** The sample house with another set of guests, and gauges that follow from it. */
export function labOf(guests: readonly GuestSummary[]): LabSummary {
  const parts = (amount: (guest: GuestSummary) => number) => guests.map((guest) => ({ label: guest.name, amount: amount(guest) }));
  const { memory, cpu, pool } = sampleLab.capacity;
  return {
    ...sampleLab,
    guests,
    capacity: {
      memory: { ...memory, parts: parts(({ memoryMiB }) => memoryMiB) },
      cpu: { ...cpu, parts: parts(({ cores }) => cores) },
      pool: { ...pool, parts: parts(({ rootDiskGiB }) => rootDiskGiB) },
    },
  };
}

/** A house of many: every third guest is of the platform, the first is the foundation, the last has the GPU and least memory. */
export function labOfSize(count: number): LabSummary {
  return labOf(
    Array.from({ length: count }, (_, index) =>
      guest({
        vmId: 100 + index,
        name: `service-${index}`,
        purpose: `service number ${index}`,
        tier: index % 3 === 0 ? 'platform' : 'app',
        stack: index === 0 ? 'foundation' : 'services',
        memoryMiB: 256 + (count - index) * 8,
        gpu: index === count - 1,
      }),
    ),
  );
}

/** A house where every word is as long and as awkward as it can get. */
export function awkwardLab(): LabSummary {
  const word = 'WWW an-<extraordinarily>-"long"-&-awkward-\u0000-name-żółć-国国国-that-nobody-would-choose-but-somebody-will';
  const { host, pool, capacity, template } = sampleLab;
  return {
    ...sampleLab,
    name: word,
    host: { ...host, name: word, board: word, cpu: word, gpu: word, pveVersion: word, kernel: word, address: word, sataPorts: 24 },
    pool: { ...pool, name: word, layout: word, intent: word, datasets: Array.from({ length: 30 }, () => ({ name: word, mountpoint: word, purpose: word })) },
    bridge: { name: word, network: word, gateway: word },
    template: { ...template, name: word, image: word },
    backup: { path: word, storage: word, schedule: word, retention: word },
    guests: sampleLab.guests.map((each) => ({
      ...each, vmId: 999_999_000 + each.vmId, name: `${each.vmId}${word}`, purpose: word, address: word, health: word, stack: 'foundation', gpu: true,
      cores: 1024, memoryMiB: 99_999_999, rootDiskGiB: 999_999, volumes: [{ path: word, dataset: word, quotaGiB: 999_999 }], notices: [word], needs: [word],
    })),
    capacity: { ...capacity, memory: { ...capacity.memory, parts: capacity.memory.parts.map(({ amount }) => ({ label: word, amount: amount * 5 })) } },
    notices: [word],
  };
}
