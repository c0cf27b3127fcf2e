import { houses } from '../../helpers/houses';

describe.each(houses)('a provider default that nobody chose: 4 GiB on `local`, 512 MiB, no operating system: $house', ({ lab, emitted }) => {
  test.each(lab.services)('$name says everything itself', (service) => {
    expect(emitted.containers[service.name]).toMatchObject({
      node_name: lab.host.nodeName,
      vm_id: service.vmId,
      unprivileged: true,
      started: true,
      start_on_boot: service.startOnBoot ?? true,
      cpu: { cores: service.cores, architecture: 'amd64' },
      memory: { dedicated: service.memoryMiB, swap: service.swapMiB ?? 512 },
      disk: { datastore_id: lab.storage.pool.name, size: service.diskGiB },
      operating_system: { type: lab.containerImage.os },
      console: { enabled: true, type: 'tty', tty_count: 2 },
      network_interface: [{ name: 'eth0', bridge: lab.host.bridge.name, enabled: true, firewall: false }],
      startup: { up_delay: -1, down_delay: -1 },
    });
  });

  test('guests start in the order of what they need', () => {
    const order = (name: string): number => emitted.containers[name].startup.order;
    for (const { name, needs } of lab.services) {
      expect(order(name)).toBeGreaterThanOrEqual(1);
      for (const need of needs ?? []) expect(order(need)).toBeLessThan(order(name));
    }
  });
});
