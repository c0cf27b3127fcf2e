import { createHash } from 'node:crypto';
import type { ResourceModel } from '../resource-model';

/** null_resource: nothing but an id and the triggers. */
export const nullResource: ResourceModel = {
  modelled: 'create, replacement on changed triggers, delete; its provisioners are run by Terraform',
  notModelled: '-',
  create: (planned, { world }) => ({ ...planned, id: numericId(JSON.stringify(planned.triggers), world.made++) }),
  read: (state) => state,
  update: (_prior, planned) => planned,
  remove: () => undefined,
};

/** A number in text form that is the same in every run, as the real one is random. */
const numericId = (seed: string, count: number): string =>
  String(createHash('sha256').update(`${count} ${seed}`).digest().readUInt32BE(0) + 2 ** 32);
