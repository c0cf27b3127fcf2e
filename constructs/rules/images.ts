import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { ownImageOf } from '../service/vm';
import { pathOf } from './path';
import type { ImageProps } from '../template/image';

const digestLength = { sha256: 64, sha512: 128 };
// A date of eight digits, or the version of a Proxmox VE appliance such as _13.1-2_ or _25.04-1.1_.
const datedOrNumbered = /(\d{8}|_\d+(\.\d+)*-\d+(\.\d+)*_)/;

/** Images are one build each, and provably that build. */
export function checkImages(lab: HomelabProps): Problem[] {
  return [
    ...checkImage('foundation/container-image', lab.containerImage, 'vztmpl'),
    ...checkImage('foundation/cloud-image', lab.template.image, 'import'),
    ...lab.services.flatMap((service) => (service.image ? checkImage(pathOf(lab, service), service.image, 'vztmpl') : [])),
    ...lab.services.flatMap((service) => (ownImageOf(service) ? checkImage(pathOf(lab, service), ownImageOf(service)!, 'import') : [])),
  ];
}

/** The last part of the address becomes the name of a file on the host. */
function isFileAddress(url: string): boolean {
  if (!/^https?:\/\/[A-Za-z0-9.-]+(:\d+)?(\/[A-Za-z0-9._~+%-]+)*\/[A-Za-z0-9][A-Za-z0-9._+-]*$/.test(url)) return false;
  return new URL(url).href === url;
}

function checkImage(path: string, image: ImageProps, use: ImageProps['contentType']): Problem[] {
  const problems: Problem[] = [];
  const report = (rule: string, got: string, remedy: string): void => void problems.push({ path, rule, got, remedy });
  if (!isFileAddress(image.url)) report("an image 'url' is an address of a file: http or https, without user, query and '..'", `'${image.url}'`, 'give the whole address');
  if (!datedOrNumbered.test(image.url) || /\/(latest|current)\//.test(image.url)) {
    const rule = 'an image address names one dated or numbered build; a moving one would replace every guest made of it';
    report(rule, image.url, 'take the address of a dated folder, e.g. …/trixie/20250924-2245/…');
  }
  const length = digestLength[image.checksumAlgorithm];
  if (!length || !new RegExp(`^[0-9a-f]{${length}}$`).test(image.checksum ?? '')) {
    report(`an image has its ${image.checksumAlgorithm} as ${length} hex digits`, `'${image.checksum ?? ''}'`, 'copy it from the checksum file beside the image');
  }
  if (image.contentType !== use) report(`this image is of content type '${use}'`, `'${image.contentType}'`, `take an image for '${use}'`);
  return problems;
}
