import { Host, type HomelabProps } from '../../../constructs';
import { passGpu } from '../../../constructs/host/host';
import { tokenRightsOf } from '../../../constructs/host/token-rights';
import { factsOf } from '../../../constructs/lab-facts';
import { houseWithGpu, serviceOf, withBridge, withHost, withService } from '../../helpers/alter';
import { built, type Built } from '../../helpers/built';
import { smallHouse } from '../../helpers/small-house';

const rights = tokenRightsOf(smallHouse.host.apiToken, { by: new Map(), unknownTypes: [] });
const build = (lab: HomelabProps): Built => built((stack) => void new Host(stack, 'host', lab, factsOf(lab), rights));
const rolesOf = ({ plays }: Built): string[] => plays[0].roles.map(({ role }) => role);

describe('a host with required props only', () => {
  const { memoryReserveMiB: _reserve, install: _install, ...host } = smallHouse.host;
  const host_ = build({ ...smallHouse, host });

  test('is a machine of the lowest layer and nothing of Terraform’s', () => {
    expect(host_.resource).toBeUndefined();
    expect(host_.hosts).toEqual([expect.objectContaining({ hostName: 'loft', address: '10.61.4.5', layer: 'metal' })]);
  });

  test('is brought up in the order a rebuild needs: itself, its bridge, the pool, then what stands on the pool', () => {
    expect(rolesOf(host_)).toEqual(['pve-init', 'pve-bridge', 'zfs_setup', 'pve_storage', 'pve_template', 'pve_backup', 'node_exporter']);
  });

  test('has no variable of a graphics card, of mail or of a second bridge', () => {
    const { variables } = host_.hosts[0];
    expect(Object.keys(variables).filter((name) => /nvidia|email/.test(name))).toEqual([]);
    expect(variables).toMatchObject({ pve_bridge_vlan_aware: false, pve_bridge_extra: [] });
  });
});

describe('a host with everything', () => {
  const lab = withBridge({ vlanAware: true }, withHost({ provisioning: { bridge: 'vmbr8', address: '10.99.0.1/24' }, mailTo: 'warden@attic.internal' }, houseWithGpu));
  const host = build(lab);

  test('gets its driver after the pool and before the guest that uses it', () => {
    expect(rolesOf(host)).toEqual(['pve-init', 'pve-bridge', 'zfs_setup', 'pve_storage', 'pve_template', 'nvidia-passthrough', 'pve_backup', 'node_exporter']);
    expect(host.hosts[0].variables).toMatchObject({ nvidia_passthrough_driver_version: '580.142', nvidia_passthrough_kernel: '6.14.8-2-pve' });
  });

  test('pins one kernel, for itself and for the driver', () => {
    const { variables } = host.hosts[0];
    expect(variables.pve_init_kernel).toBe(variables.nvidia_passthrough_kernel);
  });

  test('has the isolated bridge, tags of VLANs, and an address for its mail', () => {
    expect(host.hosts[0].variables).toMatchObject({
      pve_bridge_extra: [{ name: 'vmbr8', address: '10.99.0.1/24' }],
      pve_bridge_vlan_aware: true,
      pve_init_root_email: 'warden@attic.internal',
    });
  });
});

describe('the graphics card', () => {
  test('is passed by its role to the guest that has it', () => {
    expect(passGpu(houseWithGpu, serviceOf('miniflux', withService('miniflux', { gpu: true })))).toEqual({
      role: 'nvidia-passthrough',
      tasksFrom: 'guests',
      variables: { nvidia_passthrough_guests: [{ vmid: 4003, name: 'miniflux' }] },
    });
  });

  test.each([['nobody uses it', houseWithGpu], ['there is none', smallHouse]])('is passed to nobody when %s', (_why, lab) => {
    expect(passGpu(lab, { ...serviceOf('miniflux'), gpu: lab === smallHouse })).toBeUndefined();
  });
});

describe('a host that is installed unattended', () => {
  const [, installer] = build(smallHouse).hosts;

  test('is served by the machine its owner sits at, which is no part of the house', () => {
    expect(installer).toMatchObject({ hostName: 'localhost', layer: 'install', variables: { ansible_connection: 'local', ansible_become: true } });
  });

  test('gets its answers by the address of its card', () => {
    expect(installer!.variables['pxe_server_hosts']).toEqual([
      { name: 'loft', mac: '02:5e:1f:aa:07:c3', installer: 'proxmox', answer_file: '{{ inventory_dir }}/../install/loft.answer.toml' },
    ]);
  });

  test('has a root password that is only named', () => {
    expect(installer!.variables['pxe_server_root_password_hash']).toMatch(/^\{\{ homelab_secrets\.host_root_password \| password_hash\('sha512', '[0-9a-f]{16}'\) \}\}$/);
  });
});
