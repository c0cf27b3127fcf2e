import { disposable, filesAlone, keeps, type HomelabProps, type ServiceProps } from '../../constructs';
import { withHost, withStorage } from './alter';
import { smallHouse } from './small-house';

/** A machine cloned with a disk of its own and a volume on another one. */
export const forge: ServiceProps = {
  name: 'forge',
  vmId: 4010,
  purpose: 'Builds things',
  tier: 'app',
  address: '10.61.6.30',
  cores: 2,
  memoryMiB: 1024,
  diskGiB: 12,
  ports: [{ port: 8080, use: 'UI' }],
  health: { kind: 'http', port: 8080, path: '/' },
  data: keeps({ name: 'cache', path: '/srv/forge', quotaGiB: 17 }),
  saves: filesAlone('it can be built again'),
  pool: 'workshop',
  vm: { from: 'template', balloonMiB: 512, disks: [{ sizeGiB: 11, storage: 'local-lvm' }] },
};

/** A machine that stands on the template's disk. */
export const anvil: ServiceProps = {
  name: 'anvil',
  vmId: 4011,
  purpose: 'Is hammered on',
  tier: 'app',
  address: '10.61.6.31',
  cores: 1,
  memoryMiB: 512,
  diskGiB: 9,
  ports: [],
  health: { kind: 'command', command: 'true' },
  data: disposable('it is thrown away'),
  needs: ['forge', 'hearth'],
  extraCards: [{ vlan: 30, bridge: 'vmbr9' }],
  vm: { from: 'template', linked: true },
};

/** A machine with an image of its own, and devices of the host. */
export const hearth: ServiceProps = {
  name: 'hearth',
  vmId: 4012,
  purpose: 'Home automation',
  tier: 'app',
  address: '10.61.6.32',
  cores: 2,
  memoryMiB: 2048,
  diskGiB: 32,
  ports: [{ port: 8123, use: 'UI' }],
  health: { kind: 'http', port: 8123, path: '/' },
  data: disposable('its root disk is its data'),
  vm: {
    from: {
      url: 'https://images.attic.example/haos/20260301/haos_ova-16.3.qcow2',
      checksum: '863c01278c4f973137eaee69c242e814f074fa1af3cce1e250e76971a4648aa6',
      checksumAlgorithm: 'sha256',
      os: 'debian',
      contentType: 'import',
    },
    uefi: true,
    tpm: true,
    usb: ['zigbee'],
    pci: ['tuner'],
  },
};

/** The small house with three virtual machines beside its containers. */
export const houseWithMachines: HomelabProps = withStorage(
  { others: [{ id: 'local-lvm', type: 'lvmthin', sizeGiB: 60, content: ['rootdir', 'images'] }] },
  withHost({ memoryMiB: 32_768, mappings: ['zigbee', 'tuner'], otherBridges: [{ name: 'vmbr9', vlanAware: true }] }, { ...smallHouse, services: [...smallHouse.services, forge, anvil, hearth] }),
);
