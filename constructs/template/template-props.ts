import type { ImageProps } from './image';

/** The cloud-init template that virtual machines are cloned from. */
export interface TemplateProps {
  readonly vmId: number;
  readonly name: string;
  readonly image: ImageProps;
  readonly cores: number;
  readonly memoryMiB: number;
  readonly diskGiB: number;
  /** User that cloud-init makes; it has no password. */
  readonly user: string;
}
