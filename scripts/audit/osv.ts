import { Refusal } from '../../common/refusal';
import type { Package } from './packages';

/** Where advisories of all registries are kept; npm's, PyPI's and Go's own are among them. */
export const OSV = 'https://api.osv.dev';

/** Most packages that one question may name. */
const BATCH = 500;
const TIMEOUT_MS = 60_000;

/** A package and the ids of its advisories. */
export interface Finding {
  readonly found: Package;
  readonly ids: readonly string[];
}

interface Answer {
  readonly results?: readonly { readonly vulns?: readonly { readonly id: string }[]; readonly next_page_token?: string }[];
}

/**
 * Asks for the advisories of packages.
 * @param server base address, as {@link OSV}
 * @throws Refusal when the server cannot be reached or does not answer for every package
 */
export async function advisories(packages: readonly Package[], server: string): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (let first = 0; first < packages.length; first += BATCH) {
    const asked = packages.slice(first, first + BATCH);
    const { results }: Answer = await ask(server, { queries: asked.map(({ ecosystem, name, version }) => ({ package: { ecosystem, name }, version })) });
    if (results?.length !== asked.length) throw new Refusal(`${server} answered for ${results?.length ?? 0} of ${asked.length} packages`, 'try again later');
    asked.forEach((found, index) => {
      const ids = (results[index]?.vulns ?? []).map((vulnerability) => vulnerability.id);
      if (ids.length > 0) findings.push({ found, ids });
    });
  }
  return findings;
}

async function ask(server: string, question: unknown): Promise<Answer> {
  const address = `${server}/v1/querybatch`;
  let answer: Response;
  try {
    answer = await fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(question), signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    const cause = (error as { cause?: { code?: string; message?: string } }).cause;
    throw new Refusal(`${address} cannot be reached (${cause?.code ?? cause?.message ?? (error as Error).message})`, 'run it where that server can be reached');
  }
  if (!answer.ok) throw new Refusal(`${address} answered ${answer.status}`, 'run it where that server can be reached');
  try {
    return (await answer.json()) as Answer;
  } catch {
    throw new Refusal(`${address} answered something that is no JSON`, 'a proxy may stand between; run it where that server can be reached');
  }
}
