import type { Container } from './guest';

/** A container that somebody else made under a VMID. */
export const strangerOn = (vmid: number): Container => ({
  kind: 'lxc',
  vmid,
  name: 'holiday-photos',
  status: 'stopped',
  template: false,
  protection: false,
  onboot: false,
  description: '',
  tags: [],
  memoryMiB: 4096,
  swapMiB: 512,
  cores: 1,
  unprivileged: false,
  ostype: 'debian',
  features: {},
  rootfs: { volume: `local:vm-${vmid}-disk-0`, size: '20G', path: '', settings: {} },
  mounts: [],
  networks: [],
  devices: [],
  nameserver: '',
  searchdomain: '',
  settings: {},
});
