import type { ImageProps } from '../constructs';

/** Containers are made of this. Digest as in Proxmox VE's own appliance index. */
export const debian13Container: ImageProps = {
  url: 'http://download.proxmox.com/images/system/debian-13-standard_13.1-2_amd64.tar.zst',
  checksum: '5aec4ab2ac5c16c7c8ecb87bfeeb10213abe96db6b85e2463585cea492fc861d7c390b3f9c95629bf690b95e9dfe1037207fc69c0912429605f208d5cb2621f8',
  checksumAlgorithm: 'sha512',
  os: 'debian',
  contentType: 'vztmpl',
};

/** Virtual machines are cloned from this by default. */
export const debian13Cloud: ImageProps = {
  url: 'https://cloud.debian.org/images/cloud/trixie/20250924-2245/debian-13-genericcloud-amd64-20250924-2245.qcow2',
  checksum: '25b430e6416b443620fc32975f40effe3d7ae6603060aa9563b80092f0b073734a35a8c56816ae4f4ea395d7e5599de7cba254f92a9465f6ce95b29a03a8e1f5',
  checksumAlgorithm: 'sha512',
  os: 'debian',
  contentType: 'import',
};

/** The alternative to {@link debian13Cloud}. */
export const ubuntu2404Cloud: ImageProps = {
  url: 'https://cloud-images.ubuntu.com/releases/noble/release-20250516/ubuntu-24.04-server-cloudimg-amd64.img',
  checksum: '8d6161defd323d24d66f85dda40e64e2b9021aefa4ca879dcbc4ec775ad1bbc5',
  checksumAlgorithm: 'sha256',
  os: 'ubuntu',
  contentType: 'import',
};
