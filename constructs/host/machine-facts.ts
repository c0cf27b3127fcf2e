import { grantedPrivileges } from '../../common/privileges';
import type { MachineFacts } from '../core/machine';
import type { HomelabProps } from '../homelab-props';
import { ownImages } from '../service/guest';
import type { TokenRights } from './token-rights';

/** The machine of a house, as its definition tells it. */
export function machineFactsOf(lab: HomelabProps, rights: TokenRights): MachineFacts {
  const { host, storage } = lab;
  const { others = [] } = storage;
  const images = [lab.containerImage, lab.template.image, ...ownImages(lab.services, lab.containerImage)];
  return {
    name: host.nodeName,
    version: host.pveVersion,
    cores: host.cores,
    memoryMiB: host.memoryMiB,
    bridges: [host.bridge.name, ...(host.provisioning ? [host.provisioning.bridge] : []), ...(host.otherBridges ?? []).map(({ name }) => name)],
    rootGiB: host.rootGiB,
    pools: [{ name: storage.pool.name, usableGiB: storage.pool.usableGiB }],
    imageStorages: [...new Set(images.map((image) => image.storage ?? 'local'))],
    ...(others.length > 0 ? { storages: others.map(({ id, type, sizeGiB, content }) => ({ id, type, sizeGiB, content })) } : {}),
    token: { user: host.apiToken.user, privileges: grantedPrivileges(rights) },
  };
}
