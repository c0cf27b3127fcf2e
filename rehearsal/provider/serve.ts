import { FACTS_FILES, loadProviderFacts, type ProviderFacts } from '../facts/provider-facts';
import { serveProvider, type ServedProvider } from '../protocol/server';
import { localModels, nullModels } from './hashicorp/models';
import { proxmoxModels } from './proxmox/models';
import type { ResourceModel } from './resource-model';
import { StandInProvider } from './stand-in';
import type { World } from './world';

/** Models by provider source. */
const MODELS: Readonly<Record<string, Readonly<Record<string, ResourceModel>>>> = {
  'bpg/proxmox': proxmoxModels,
  'hashicorp/null': nullModels,
  'hashicorp/local': localModels,
};

/** Facts and models of one provider the rehearsal stands in for. */
export interface StandIn {
  readonly facts: ProviderFacts;
  readonly models: Readonly<Record<string, ResourceModel>>;
}

/**
 * Reads the facts of all providers the rehearsal stands in for.
 *
 * @throws RehearsalError when a facts file cannot be used.
 */
export const loadStandIns = (): StandIn[] =>
  FACTS_FILES.map((path) => {
    const facts = loadProviderFacts(path);
    return { facts, models: MODELS[facts.source] };
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
 * @throws RehearsalError when no port can be had.
 */
export async function serveStandIns(standIns: readonly StandIn[], world: World): Promise<ServedStandIns> {
  const served: ServedProvider[] = [];
  const ports = new Map<string, number>();
  for (const { facts, models } of standIns) {
    const provider = await serveProvider(new StandInProvider(facts, models, world));
    served.push(provider);
    ports.set(facts.source, provider.port);
  }
  return { ports, close: () => served.forEach((provider) => provider.close()) };
}
