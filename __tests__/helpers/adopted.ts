import type { AdoptedGuestProps } from '../../constructs';

/** A container that was there before the small house. */
export const oldWiki: AdoptedGuestProps = {
  name: 'wiki',
  vmId: 4100,
  cores: 1,
  memoryMiB: 256,
  rootDisk: { storage: 'local-lvm', sizeGiB: 8 },
  cards: [{ name: 'eth0', bridge: 'vmbr7', macAddress: 'bc:24:11:00:41:00', ipv4: '10.61.6.41/22', gateway: '10.61.7.254' }],
  unprivileged: true,
  startOnBoot: true,
  os: 'debian',
};
