import type { Plain } from '../core/setting';

/** Version of the vendor-data snippet; a new content takes a new version, so that a template never changes silently. */
const snippetVersion = 1;

/** Volume id of the vendor-data snippet that the role pve_template puts on the host. */
export const vendorDataVolumeId = `local:snippets/vendor-base-v${snippetVersion}.yaml`;

/** Variables of the role pve_template. The template itself is Terraform's; the role makes it by hand only when asked. */
export function pveTemplateVariables(): Record<string, Plain> {
  return { pve_template_snippet_version: snippetVersion };
}
