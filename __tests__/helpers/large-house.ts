import type { HomelabProps } from '../../constructs';
import { serviceOf, withBridge, withHost, withPool, withServices } from './alter';

/**
 * The small house with many more services, on a machine that carries them.
 * @param count number of services beside the three of the small house
 */
export function largeHouse(count: number): HomelabProps {
  const base = withPool({ usableGiB: 1_000_000 }, withHost({ cores: 4_096, memoryMiB: 40_000_000, memoryReserveMiB: 0 }));
  const roomy = withPool({ arcMaxMiB: 2_000_000 }, withBridge({ address: '10.61.4.5/8' }, base));
  const more = Array.from({ length: count }, (_, index) => ({
    ...serviceOf('miniflux'),
    name: `reader-${index}`,
    vmId: 10_000 + index,
    address: `10.70.${Math.floor(index / 250)}.${(index % 250) + 1}`,
  }));
  return withServices([...roomy.services, ...more], roomy);
}
