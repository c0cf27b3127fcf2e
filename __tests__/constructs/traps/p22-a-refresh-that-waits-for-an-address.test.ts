import { houses } from '../../helpers/houses';

describe.each(houses)('P22, a container without an address holds every refresh up for ten seconds: $house', ({ lab, emitted }) => {
  test.each(lab.services)('$name has a static address in the bridge’s network, and is running', ({ name, address }) => {
    const container = emitted.containers[name];
    const prefix = lab.host.bridge.address.split('/')[1];
    expect(container.initialization.ip_config).toEqual([{ ipv4: { address: `${address}/${prefix}`, gateway: lab.host.bridge.gateway } }]);
    expect(container.started).toBe(true);
    expect(container).toHaveProperty('start_on_boot');
  });
});
