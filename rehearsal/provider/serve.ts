import { FACTS_FILES, loadProviderFacts } from '../facts/provider-facts';
import { schemaMessage } from '../protocol/schema-message';
import { serveProvider, type ServedProvider } from '../protocol/server';
import { localModels, nullModels } from './hashicorp/models';
import { proxmoxModels } from './proxmox/models';
import type { ResourceModel } from './resource-model';
import { StandInProvider, type StandIn } from './stand-in';
import type { World } from './world';

/** Models by provider source. */
const MODELS: Readonly<Record<string, Readonly<Record<string, ResourceModel>>>> = {
  'bpg/proxmox': proxmoxModels,
  'hashicorp/null': nullModels,
  'hashicorp/local': localModels,
};

/**
 * Reads the facts of all providers the rehearsal stands in for.
 *
 * @throws Refusal when a facts file cannot be used.
 */
export const loadStandIns = (): StandIn[] =>
  FACTS_FILES.map((path) => {
    const facts = loadProviderFacts(path);
    return { facts, models: MODELS[facts.source], schema: schemaMessage(facts) };
  });

/** All stand-in providers of one run. */
export interface ServedStandIns {
  /** Port by provider source. */
  readonly ports: ReadonlyMap<string, number>;
  close(): void;
}

/**
 * Serves every stand-in, one port each, all acting on one world.
 *
 * @throws Refusal when no port can be had.
 */
export async function serveStandIns(standIns: readonly StandIn[], world: World): Promise<ServedStandIns> {
  const served: ServedProvider[] = [];
  const ports = new Map<string, number>();
  for (const standIn of standIns) {
    const provider = await serveProvider(() => new StandInProvider(standIn, world));
    served.push(provider);
    ports.set(standIn.facts.source, provider.port);
  }
  return { ports, close: () => served.forEach((provider) => provider.close()) };
}
