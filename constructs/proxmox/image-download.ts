import type { Construct } from 'constructs';
import { DownloadFile } from '../../.gen/providers/proxmox/download-file';
import { imageFileName, type ImageProps } from '../template/image';

/**
 * An image that the node downloads. Whoever uses it names the volume id literally and depends on this resource:
 * its `id` would turn unknown with every upstream change, and Terraform would replace every guest made of it.
 */
export class ImageDownload extends DownloadFile {
  constructor(scope: Construct, id: string, props: ImageProps & { readonly nodeName: string }) {
    super(scope, id, {
      nodeName: props.nodeName,
      contentType: props.contentType,
      datastoreId: props.storage ?? 'local',
      url: props.url,
      fileName: imageFileName(props),
      checksum: props.checksum,
      checksumAlgorithm: props.checksumAlgorithm,
      overwrite: false,
      overwriteUnmanaged: false,
    });
  }
}
