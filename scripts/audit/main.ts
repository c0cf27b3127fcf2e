import { join } from 'node:path';
import { runProgram } from '../../common/command-line';
import { readAccepted } from './accepted';
import { advisories, OSV } from './osv';
import { pinnedPackages, type Package } from './packages';

const ECOSYSTEMS = ['npm', 'PyPI', 'Go'] as const;

/**
 * Asks for known faults in everything that the project pins of others, registry by registry, and says every one that nobody has
 * accepted. What could not be asked counts as not in order.
 */
async function audit(root: string, server: string, today: string): Promise<number> {
  const accepted = readAccepted(process.env['HOMELAB_AUDIT_ACCEPTED'] ?? join(root, 'scripts/audit/accepted.json'));
  const packages = pinnedPackages(root);
  const used = new Set<string>();
  let wrong = 0;
  let unseen = 0;
  for (const ecosystem of ECOSYSTEMS) {
    const mine = packages.filter((one) => one.ecosystem === ecosystem);
    const findings = await advisories(mine, server).catch((error: Error) => error);
    if (findings instanceof Error) {
      console.log(`audit: ${mine.length} packages of ${ecosystem} were NOT looked at: ${findings.message}`);
      unseen++;
      continue;
    }
    const open = findings.flatMap(({ found, ids }) => ids.map((id) => ({ found, id }))).filter(({ found, id }) => {
      const entry = accepted.find((one) => one.id === id && one.package === found.name);
      if (entry) used.add(id);
      return !entry || entry.until < today;
    });
    console.log(`audit: ${mine.length} packages of ${ecosystem} looked at, ${open.length === 0 ? 'nothing to do' : `${open.length} to do`}`);
    for (const { found, id } of open) console.log(`  ${line(found, id)}`);
    wrong += open.length;
  }
  const stale = unseen === 0 ? accepted.filter((one) => !used.has(one.id)) : [];
  for (const { id, package: name } of stale) console.log(`audit: '${id}' of ${name} is accepted and was not found; take it out of the list`);
  return wrong + unseen === 0 ? 0 : 1;
}

const line = ({ name, version, file }: Package, id: string): string => `${id}: ${name} ${version} (${file}); raise it, or accept it with a reason in scripts/audit/accepted.json: https://osv.dev/${id}`;

runProgram('audit', () => audit(process.cwd(), process.env['HOMELAB_OSV_URL'] ?? OSV, new Date().toISOString().slice(0, 10)));
