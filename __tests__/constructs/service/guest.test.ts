import type { HomelabProps } from '../../../constructs';
import { capacityOf } from '../../../constructs/rules/capacity';
import { withHost, withService, withStorage, type ServicePatch } from '../../helpers/alter';
import { emit, type Json } from '../../helpers/emitted';
import { smallHouse } from '../../helpers/small-house';

const own = {
  url: 'https://images.attic.example/system/debian-13-standard_13.1-2_amd64.tar.zst',
  checksum: '5aec4ab2ac5c16c7c8ecb87bfeeb10213abe96db6b85e2463585cea492fc861d'.slice(0, 64),
  checksumAlgorithm: 'sha256',
  os: 'debian',
  contentType: 'vztmpl',
} as const;

/** A machine on which everything can be had. */
const site: HomelabProps = withStorage(
  { others: [{ id: 'local-lvm', type: 'lvmthin', sizeGiB: 60, content: ['rootdir', 'images'] }] },
  withHost({ otherBridges: [{ name: 'vmbr9', ports: ['eno4'], vlanAware: true }] }),
);
const of = (patch: ServicePatch) => emit(withService('miniflux', patch, site));
const container = (patch: ServicePatch): Json => of(patch).containers.miniflux;

test('a service that says nothing of its guest has the guest that it had before', () => {
  expect(emit(site).containers).toEqual(emit(smallHouse).containers);
});

describe('a field of a guest', () => {
  test('start order and delays by hand', () => {
    expect(container({ startup: { order: 7, upDelaySec: 30, downDelaySec: 90 } }).startup).toEqual({ order: 7, up_delay: 30, down_delay: 90 });
    expect(container({ startup: { upDelaySec: 5 } }).startup).toEqual({ order: 2, up_delay: 5, down_delay: -1 });
  });

  test('limit and weight of the processor', () => {
    expect(container({ cpu: { limit: 1.5, units: 512 } }).cpu).toEqual({ architecture: 'amd64', cores: 1, limit: 1.5, units: 512 });
  });

  test('another bridge, a VLAN, its own router, IPv6', () => {
    const { network_interface, initialization } = container({
      address: '10.90.20.7',
      network: { bridge: 'vmbr9', vlan: 20, mtu: 9000, rateMBps: 50, gateway: '10.90.20.1/24', ipv6: { address: 'fd00:20::7/64', gateway: 'fd00:20::1' } },
    });
    expect(network_interface).toEqual([{ name: 'eth0', bridge: 'vmbr9', enabled: true, firewall: false, vlan_id: 20, mtu: 9000, rate_limit: 50 }]);
    expect(initialization.ip_config).toEqual([{ ipv4: { address: '10.90.20.7/24', gateway: '10.90.20.1' }, ipv6: { address: 'fd00:20::7/64', gateway: 'fd00:20::1' } }]);
  });

  test('more cards, with and without addresses', () => {
    const { network_interface, initialization } = container({ extraCards: [{ bridge: 'vmbr9', vlan: 30, address: '10.90.30.7/24', ipv6: 'auto' }, { bridge: 'vmbr9' }] });
    expect(network_interface.map(({ name, bridge, vlan_id }: Json) => [name, bridge, vlan_id])).toEqual([['eth0', 'vmbr7', undefined], ['eth1', 'vmbr9', 30], ['eth2', 'vmbr9', undefined]]);
    expect(initialization.ip_config.slice(1)).toEqual([{ ipv4: { address: '10.90.30.7/24' }, ipv6: { address: 'auto' } }]);
  });

  test('an address from DHCP, which is told the reservation', () => {
    const emitted = of({ macAddress: 'bc:24:11:00:40:03', network: { dhcp: true } });
    expect(emitted.containers.miniflux.initialization.ip_config).toEqual([{ ipv4: { address: 'dhcp' } }]);
    expect(emitted.text('dns/reservations.conf')).toContain('dhcp-host=bc:24:11:00:40:03,10.61.6.23,miniflux\n');
    expect(emitted.text('dns/routeros.rsc')).toContain('add mac-address=BC:24:11:00:40:03 address=10.61.6.23 comment="homelab attic"\n');
    expect(emitted.ansible('inventories/prod.yml').all.children.guests.children.apps.hosts.miniflux).toEqual({ ansible_host: '10.61.6.23' });
    expect([...emit(site).files.keys()]).not.toContain('dns/reservations.conf');
  });

  test('a root disk on another storage is no part of the pool', () => {
    const emitted = of({ rootStorage: 'local-lvm', diskGiB: 20 });
    expect(emitted.containers.miniflux.disk).toEqual({ datastore_id: 'local-lvm', size: 20 });
    const disks = (lab: HomelabProps) => capacityOf(lab).pool.parts[0].amount;
    expect(disks(withService('miniflux', { rootStorage: 'local-lvm', diskGiB: 20 }, site))).toBe(disks(site) - 7);
  });

  test('an image of its own is fetched once and changes no other guest', () => {
    const emitted = emit(withService('valkey', { image: own }, withService('miniflux', { image: own }, site)));
    expect(emitted.containers.miniflux.operating_system).toEqual({ template_file_id: 'local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst', type: 'debian' });
    expect(emitted.containers.garage).toEqual(emit(site).containers.garage);
    expect(Object.keys(emitted.stack('foundation').resource.proxmox_download_file)).toEqual(['cloud-image', 'container-image', 'image-debian-13-standard-13-1-2-amd64-tar-zst']);
  });

  test('a resource pool is made once, before its members, and never replaces a guest', () => {
    const emitted = emit(withService('garage', { pool: 'Ground' }, withService('valkey', { pool: 'web' }, withService('miniflux', { pool: 'web' }, site))));
    const [foundation, services] = emitted.stacks;
    expect(foundation.resource.proxmox_virtual_environment_pool).toMatchObject({ Ground: { pool_id: 'Ground' } });
    expect(services.resource.proxmox_virtual_environment_pool).toMatchObject({ web: { pool_id: 'web' } });
    expect(services.resource.proxmox_pool_membership.miniflux).toMatchObject({
      pool_id: 'web',
      vm_id: 4003,
      depends_on: ['proxmox_virtual_environment_container.miniflux', 'proxmox_virtual_environment_pool.web'],
    });
    expect(JSON.stringify(emitted.containers)).not.toContain('pool_id');
  });

  test('what only root may do is told to root, and Terraform sees nothing of it', () => {
    const root: ServicePatch = {
      needs: ['valkey', 'garage'],
      features: ['keyctl'],
      devices: [{ path: '/dev/net/tun' }],
      binds: [{ service: 'garage', volume: 'objects', path: '/mnt/objects', readOnly: true }, { dataset: 'archive', path: '/mnt/archive' }],
      idMap: [{ of: 'group', inside: 44, onHost: 44 }],
    };
    const emitted = of(root);
    expect(emitted.containers.miniflux).toEqual({ ...emit(site).containers.miniflux, startup: emitted.containers.miniflux.startup });
    const [{ tasks }] = emitted.ansible('playbooks/guests/miniflux.yml');
    expect(tasks[0].vars.guest_attach_guests[0]).toMatchObject({
      features: ['keyctl'],
      devices: [{ path: '/dev/net/tun', mode: '0660', uid: 0, gid: 0 }],
      binds: [{ dataset: 'barn/volumes/garage/objects', path: '/mnt/objects', read_only: true }, { dataset: 'barn/archive', path: '/mnt/archive', read_only: false }],
      id_map: ['u 0 100000 65536', 'g 0 100000 44', 'g 44 44 1', 'g 45 100045 65491'],
      host_users: [],
      host_groups: ['root:44:1'],
    });
  });
});

test('more bridges are made on the host and are there in the rehearsal', () => {
  const emitted = emit(site);
  expect(emitted.ansible('inventories/host_vars/loft.yml').pve_bridge_extra).toEqual([{ name: 'vmbr9', ports: ['eno4'], vlan_aware: true }]);
  expect(JSON.parse(emitted.text('machine.json'))).toMatchObject({ bridges: ['vmbr7', 'vmbr9'], storages: [{ id: 'local-lvm', type: 'lvmthin', sizeGiB: 60 }] });
});
