import { Construct } from 'constructs';
import { ImageDownload } from '../proxmox/image-download';
import { VmTemplate } from '../proxmox/vm-template';
import type { Storage } from '../storage/storage';
import { imageVolumeId } from './image';
import type { TemplateProps } from './template-props';
import { vendorDataVolumeId } from './template-variables';

/** What a template takes from the house. */
export interface TemplateSite {
  readonly nodeName: string;
  readonly bridge: string;
  readonly sshKeys: readonly string[];
  readonly storage: Storage;
  /** Storage id of its disks. */
  readonly storageId: string;
}

/** The cloud-init template: one pinned image, ed25519 keys only, the guest agent. */
export class Template extends Construct {
  constructor(scope: Construct, id: string, props: TemplateProps & TemplateSite) {
    super(scope, id);
    const image = new ImageDownload(this, 'Image', { ...props.image, nodeName: props.nodeName });
    image.overrideLogicalId('cloud-image');
    new VmTemplate(this, 'Resource', {
      nodeName: props.nodeName,
      vmId: props.vmId,
      name: props.name,
      cores: props.cores,
      memoryMiB: props.memoryMiB,
      diskGiB: props.diskGiB,
      storage: props.storageId,
      bridge: props.bridge,
      user: props.user,
      sshKeys: props.sshKeys,
      imageVolumeId: imageVolumeId(props.image),
      vendorDataVolumeId,
      dependsOn: [image, props.storage.resource],
    });
  }
}
