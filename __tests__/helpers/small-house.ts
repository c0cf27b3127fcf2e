import { addressOf, askedSecret, disposable, keeps, randomSecret, type HomelabProps, type ServiceProps } from '../../constructs';

const garage: ServiceProps = {
  name: 'garage',
  vmId: 4001,
  purpose: 'Object storage for plans',
  tier: 'platform',
  address: '10.61.4.21',
  cores: 3,
  memoryMiB: 768,
  diskGiB: 5,
  ports: [{ port: 3900, use: 'S3 gateway' }],
  health: { kind: 'tcp', port: 3900 },
  data: keeps({ name: 'objects', path: '/srv/garage', quotaGiB: 41 }),
};

const valkey: ServiceProps = {
  name: 'valkey',
  vmId: 4002,
  purpose: 'Cache of sessions',
  tier: 'platform',
  address: '10.61.5.22',
  cores: 1,
  memoryMiB: 640,
  diskGiB: 3,
  ports: [{ port: 6379, use: 'RESP' }],
  health: { kind: 'command', command: 'valkey-cli ping' },
  data: disposable('sessions are made again at the next login'),
  settings: { max_memory_mib: 384, access_phrase: randomSecret('valkey_access_phrase', 29) },
};

const miniflux: ServiceProps = {
  name: 'miniflux',
  vmId: 4003,
  purpose: 'Reader of feeds',
  tier: 'app',
  address: '10.61.6.23',
  cores: 1,
  memoryMiB: 896,
  diskGiB: 7,
  ports: [{ port: 8484, use: 'reader' }],
  health: { kind: 'http', port: 8484, path: '/liveness' },
  data: keeps({ name: 'feeds', path: '/srv/miniflux', quotaGiB: 13 }),
  needs: ['valkey'],
  metrics: { port: 8484, path: '/numbers' },
  settings: { cache_address: addressOf('valkey'), mail_relay_login: askedSecret('miniflux_mail_relay_login', 'the mail provider') },
};

/** Another house of the same constructs: valid, without a graphics card, and without one value of the owner's. */
export const smallHouse: HomelabProps = {
  name: 'attic',
  domain: 'attic.internal',
  host: {
    nodeName: 'loft',
    board: 'Supermicro X10SDV',
    cpu: 'Xeon D-1521',
    cores: 8,
    memoryMiB: 15_872,
    memoryReserveMiB: 1536,
    sataPorts: 3,
    disks: [
      { purpose: 'pool', sizeGiB: 1863, sata: true, serial: 'ZX41PLUM' },
      { purpose: 'boot', sizeGiB: 111, sata: false, serial: 'NV87PEAR' },
    ],
    pveVersion: '9.0.3',
    kernel: '6.14.8-2-pve',
    rootGiB: 33,
    bridge: { name: 'vmbr7', address: '10.61.4.5/22', gateway: '10.61.7.254', ports: ['eno3'] },
    nameservers: ['10.61.7.253'],
    timezone: 'Pacific/Auckland',
    install: { country: 'nz', keyboard: 'en-gb', mac: '02:5e:1f:aa:07:c3' },
    apiToken: { user: 'builder@pam', tokenId: 'attic', role: 'AtticBuilder', extraPrivileges: ['Sys.AccessNetwork', 'Sys.Audit'] },
  },
  storage: {
    pool: { name: 'barn', usableGiB: 1740, layout: 'single', guid: '7702518859316040253', hostId: 'a5c3e1f7', arcMaxMiB: 1792 },
    datasets: [
      { name: 'archive', mountpoint: '/barn/archive', purpose: 'copies of guests' },
      { name: 'volumes', mountpoint: '/barn/volumes', purpose: 'what guests keep' },
    ],
    volumesDataset: 'volumes',
    backup: { storage: 'copies', path: '/barn/archive/dump', schedule: '04:45', keepDaily: 5, keepWeekly: 2, keepMonthly: 1, quotaGiB: 190 },
  },
  containerImage: {
    url: 'https://images.attic.example/system/ubuntu-25.04-standard_25.04-1_amd64.tar.zst',
    checksum: '9dd3c7cafdab2224ba0befad20851b5570580dfebf380a74781baeec9997af25',
    checksumAlgorithm: 'sha256',
    os: 'ubuntu',
    contentType: 'vztmpl',
  },
  template: {
    vmId: 7000,
    name: 'noble-seed',
    image: {
      url: 'https://images.attic.example/noble/release-20260318/ubuntu-24.04-minimal-cloudimg.img',
      checksum: '863c01278c4f973137eaee69c242e814f074fa1af3cce1e250e76971a4648aa6',
      checksumAlgorithm: 'sha256',
      os: 'ubuntu',
      contentType: 'import',
    },
    cores: 1,
    memoryMiB: 1280,
    diskGiB: 9,
    user: 'warden',
  },
  sshKeys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIUhuSY0yA54i9k96loimfRjmIvddyevLT1hx2cog4DZ attic'],
  services: [garage, valkey, miniflux],
  state: { service: 'garage', port: 3900, bucket: 'attic-plans' },
};
