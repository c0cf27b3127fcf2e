import type { ResourceModel } from '../resource-model';
import { localFile } from './local-file';
import { nullResource } from './null-resource';

/** Resource types of hashicorp/null. */
export const nullModels: Readonly<Record<string, ResourceModel>> = { null_resource: nullResource };

/** Resource types of hashicorp/local. */
export const localModels: Readonly<Record<string, ResourceModel>> = { local_file: localFile };
