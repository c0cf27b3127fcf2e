// What the bindings are made of: one provider, one exact version, only the resource types that constructs use.
// Short names where the provider has them; `container` and `vm` have no short name at this version.
import { readFileSync } from 'node:fs';

const pinned = JSON.parse(readFileSync(new URL('../../common/provider.json', import.meta.url), 'utf8'));

/** Provider as `required_providers` names it. */
export const providerSource = pinned.source;

/** Exact version; minors of this provider break, so it moves one step at a time, by `./house upgrade-provider`. */
export const providerVersion = pinned.version;

/** Resource types that constructs/proxmox may use, sorted. */
export const resourceTypes = [
  'proxmox_download_file',
  'proxmox_storage_zfspool',
  'proxmox_virtual_environment_container',
  'proxmox_virtual_environment_vm',
];
