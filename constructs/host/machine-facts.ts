import { grantedPrivileges } from '../../common/privileges';
import type { MachineFacts } from '../core/machine';
import type { HomelabProps } from '../homelab-props';
import type { TokenRights } from './token-rights';

/** The machine of a house, as its definition tells it. */
export function machineFactsOf(lab: HomelabProps, rights: TokenRights): MachineFacts {
  const { host, storage } = lab;
  const images = [lab.containerImage, lab.template.image];
  return {
    name: host.nodeName,
    version: host.pveVersion,
    cores: host.cores,
    memoryMiB: host.memoryMiB,
    bridges: [host.bridge.name, ...(host.provisioning ? [host.provisioning.bridge] : [])],
    rootGiB: host.rootGiB,
    pools: [{ name: storage.pool.name, usableGiB: storage.pool.usableGiB }],
    imageStorages: [...new Set(images.map((image) => image.storage ?? 'local'))],
    token: { user: host.apiToken.user, privileges: grantedPrivileges(rights) },
  };
}
