import type { HomelabProps, ServiceProps } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { emit, type Json } from '../../helpers/emitted';
import { houses } from '../../helpers/houses';

/** Fields of a container whose change reboots it. */
const rebooting = ['memory', 'network_interface', 'initialization', 'mount_point', 'console', 'operating_system', 'device_passthrough'];

describe.each(houses)('P14, an edit of memory, name or network reboots a guest: $house', ({ lab, emitted }) => {
  const { name } = lab.services[1];

  test.each<[string, Partial<ServiceProps>]>([
    ['settings', { settings: {} }],
    ['purpose', { purpose: 'something else' }],
    ['tags', { tags: ['another'] }],
    ['ports', { ports: [...lab.services[1].ports, { port: 4321, use: 'more' }] }],
    ['dependencies', { needs: [...(lab.services[1].needs ?? []), lab.state.service] }],
    ['notices', { notices: ['read this'] }],
    ['cores', { cores: 2 }],
    ['start with the host', { startOnBoot: false }],
  ])('another %s touches nothing that reboots', (_what, patch) => {
    const changed = emit(withService(name, patch, lab)).containers[name];
    for (const field of rebooting) expect(changed[field]).toEqual(emitted.containers[name][field]);
  });

  test('a change of one service touches no other container', () => {
    const { containers } = emit(withService(name, { memoryMiB: lab.services[1].memoryMiB + 64, address: freeAddress(lab) }, lab));
    const others = (all: Readonly<Record<string, Json>>): unknown => Object.entries(all).filter(([other]) => other !== name);
    expect(others(containers)).toEqual(others(emitted.containers));
  });
});

/** An address of the bridge's network that nobody has. */
function freeAddress(lab: HomelabProps): string {
  const stem = lab.host.bridge.gateway.slice(0, lab.host.bridge.gateway.lastIndexOf('.'));
  return `${stem}.77`;
}
