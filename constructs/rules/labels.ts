import type { Problem } from '../core/problem';
import type { HomelabProps } from '../homelab-props';
import { pathOf } from './path';

const tiers: readonly string[] = ['platform', 'app'];

/** Tier and tags are of the few kinds that Proxmox VE keeps as they are. */
export function checkLabels(lab: HomelabProps): Problem[] {
  return lab.services.flatMap((service) => {
    const path = pathOf(lab, service);
    const problems: Problem[] = [];
    if (!tiers.includes(service.tier)) {
      problems.push({ path, rule: "a tier is 'platform' or 'app'", got: `'${service.tier}'`, remedy: 'choose one of them' });
    }
    for (const tag of service.tags ?? []) {
      if (/^[a-z0-9_][a-z0-9_+.-]*$/.test(tag)) continue;
      const rule = 'a tag is lower case, of letters, digits and _ + . - (Proxmox VE lower-cases it, and the plan would never be clean)';
      problems.push({ path, rule, got: `'${tag}'`, remedy: `write '${tag.toLowerCase().replace(/[^a-z0-9_+.-]/g, '-')}'` });
    }
    return problems;
  });
}
