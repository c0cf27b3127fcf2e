/** A downloadable image, pinned so that upstream cannot change it under a guest. */
export interface ImageProps {
  /**
   * Address of one dated or numbered build, never of a moving alias: a changed image behind the same address
   * makes the provider replace the download.
   */
  readonly url: string;
  /** Hex digest of the file. */
  readonly checksum: string;
  readonly checksumAlgorithm: 'sha256' | 'sha512';
  /** Distribution inside, as Proxmox VE names it for containers. */
  readonly os: 'debian' | 'ubuntu';
  /** What Proxmox VE uses it for: `vztmpl` makes containers, `import` makes disks of virtual machines. */
  readonly contentType: 'vztmpl' | 'import';
  /** PVE storage that takes the file. @default 'local' */
  readonly storage?: string;
}

/**
 * Name of the file on the PVE storage: the upstream name, with the build's date where that stands only in a folder of
 * the address, so that two builds never share a name, and with an ending that `import` content accepts.
 */
export function imageFileName(image: ImageProps): string {
  const name = image.url.slice(image.url.lastIndexOf('/') + 1);
  const build = /\d{8}(-\d+)?/.exec(image.url)?.[0];
  const dated = build === undefined || name.includes(build) ? name : name.replace(/(\.tar)?\.\w+$/, `-${build}$&`);
  // Ubuntu names its qcow2 images .img, which PVE refuses as import content.
  return image.contentType === 'import' ? dated.replace(/\.img$/, '.qcow2') : dated;
}

/** The file as a PVE volume id, e.g. `local:vztmpl/debian-13-standard_13.1-2_amd64.tar.zst`. */
export function imageVolumeId(image: ImageProps): string {
  return `${image.storage ?? 'local'}:${image.contentType}/${imageFileName(image)}`;
}
