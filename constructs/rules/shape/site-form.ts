import type { ImageProps } from '../../template/image';
import { matching, oneOf, optional, record, string } from './form';

/** Name of a network interface or of a bridge. */
export const interfaceName = matching(/^[a-z][a-z0-9_.-]{0,14}$/, 'the name of a network interface, at most 15 characters');

/** Id of a storage. Pool and storage share one name, and Proxmox VE wants two characters for a storage. */
export const storageId = matching(/^[a-z][a-z0-9._-]*[a-z0-9]$/i, 'an identifier of Proxmox VE: a letter, then letters, digits and . _ -');

/** Name of a dataset. */
export const datasetName = matching(/^[A-Za-z0-9][A-Za-z0-9._:-]*(\/[A-Za-z0-9][A-Za-z0-9._:-]*)*$/, 'the name of a dataset below the pool');

/** An image that the host fetches. */
export const image = record<ImageProps>('an image', {
  url: string,
  checksum: string,
  checksumAlgorithm: oneOf('sha256', 'sha512'),
  os: oneOf('debian', 'ubuntu'),
  contentType: oneOf('vztmpl', 'import'),
  storage: optional(storageId),
});
