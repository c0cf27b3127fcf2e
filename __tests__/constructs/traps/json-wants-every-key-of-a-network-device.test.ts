import { houses } from '../../helpers/houses';

const keys = ['bridge', 'disconnected', 'enabled', 'firewall', 'mac_address', 'model', 'mtu', 'queues', 'rate_limit', 'trunks', 'vlan_id'];

describe.each(houses)('a network device of a virtual machine with a key left out is refused in JSON: $house', ({ lab, emitted }) => {
  const [device] = emitted.machines[lab.template.name].network_device;

  test('all eleven keys are there', () => {
    expect(Object.keys(device).sort()).toEqual(keys);
  });

  test('what Proxmox VE decides is null; set, or empty, it would differ for ever', () => {
    expect(device).toMatchObject({ bridge: lab.host.bridge.name, model: 'virtio', enabled: null, mac_address: null });
  });
});
