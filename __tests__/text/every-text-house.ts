import { dumpBy, filesAlone, keeps, proxyRoutes, rowsIn, sqliteDump, type HomelabProps, type ServiceProps } from '../../constructs';
import { withHost, withOffHost, withServices } from '../helpers/alter';
import { smallHouse } from '../helpers/small-house';

const [garage, valkey, miniflux] = smallHouse.services as [ServiceProps, ServiceProps, ServiceProps];
const tunnel: ServiceProps = { ...valkey, name: 'tunnel', role: 'cloudflared', vmId: 4004, address: '10.61.6.24', settings: {}, exposure: { kind: 'none' } };
const names: ServiceProps = { ...tunnel, name: 'names', role: 'reverse_proxy', vmId: 4007, address: '10.61.6.27', settings: { routes: proxyRoutes } };

const services: readonly ServiceProps[] = [
  { ...garage, data: keeps({ name: 'objects', path: '/srv/garage', quotaGiB: 41 }), saves: filesAlone('files are whole'), notices: ['needs a notice'], tags: ['store'], macAddress: 'bc:24:11:00:00:01' },
  { ...valkey, settings: { motto: 'plain', list: ['one', 'two'], nested: { inner: ['deep', { word: 'deeper' }] } }, role: 'valkey' },
  {
    ...miniflux,
    health: { kind: 'http', port: 8484, path: '/liveness', expect: 'OK' },
    saves: sqliteDump('miniflux', 'miniflux.service', '/srv/miniflux/feeds.db'),
    data: keeps({ name: 'feeds', path: '/srv/miniflux', quotaGiB: 13 }),
    exposure: { kind: 'tunnel', hostname: 'feeds.attic.example' },
    formerly: ['reader'],
  },
  { ...miniflux, data: keeps({ name: 'feeds', path: '/srv/miniflux', quotaGiB: 13 }), name: 'second', vmId: 4005, address: '10.61.6.25', saves: dumpBy('postgresql'), exposure: { kind: 'name' }, settings: {}, needs: [] },
  { ...miniflux, data: keeps({ name: 'feeds', path: '/srv/miniflux', quotaGiB: 13 }), name: 'third', vmId: 4006, address: '10.61.6.26', saves: dumpBy('n8n', rowsIn('second', 'feeds')), exposure: { kind: 'name' }, settings: {}, needs: ['second'] },
  tunnel,
  names,
];

const house: HomelabProps = {
  ...withServices(services, withHost({
    gpu: { model: 'NVIDIA T400', driverVersion: '580.142', devices: ['/dev/nvidia0'] },
    provisioning: { bridge: 'vmbr8', address: '10.88.99.1/24' },
    adminAddresses: ['10.61.4.30'],
    mailTo: 'owner@attic.example',
    settings: { 'pve-init': { ntp_servers: ['ntp.attic.example'] }, pve_backup: { verify_schedule: '*-*-* 06:10:00' } },
  })),
  known: [{ name: 'old box', vmId: 9001, kind: 'container', addresses: ['10.61.4.99'], cores: 1, memoryMiB: 256 }],
  alerts: { kind: 'mail', to: 'owner@attic.example', from: 'house@attic.example', server: 'mail.attic.example:25' },
  retired: [{ name: 'gone', vmId: 9002, address: '10.61.4.98' }],
};

/** A house with every field that holds text, with each kind of place for its copies. */
export const everyTextHouses: readonly HomelabProps[] = [
  withOffHost({ schedule: '*-*-* 05:00:00' }, house),
  withOffHost({ target: { kind: 's3', endpoint: 'https://s3.example.org', bucket: 'copies', path: 'attic' } }, house),
  withOffHost({ target: { kind: 'sftp', user: 'copies', host: 'vault.example.org', path: '/srv/copies', hostKey: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIUhuSY0yA54i9k96loimfRjmIvddyevLT1hx2cog4DZ' } }, house),
  withOffHost({ target: { kind: 'disk', mountpoint: '/mnt/copies' } }, house),
];
