import type { ProviderFacts, ResourceFacts } from '../facts/provider-facts';
import { authenticate, ROOT, type Caller } from '../node/access';
import { PveError } from '../node/pve-error';
import { errorDiagnostic, type Diagnostic } from '../protocol/diagnostic';
import type { PlanAnswer, PlanQuestion, Provider, StateAnswer } from '../protocol/provider';
import type { ObjectValue } from '../protocol/value';
import { planChange } from './plan-change';
import { ProviderRefusal } from './provider-refusal';
import type { ResourceModel, Session } from './resource-model';
import { fitToSchema, settleUnknowns } from './zero-value';
import type { World } from './world';

/** Facts and models of one provider the rehearsal stands in for. */
export interface StandIn {
  readonly facts: ProviderFacts;
  /** The modelled types; each has its facts. */
  readonly models: Readonly<Record<string, ResourceModel>>;
  /** The answer to GetProviderSchema. */
  readonly schema: object;
}

/** One configured provider that plans by facts and acts on a {@link World}. */
export class StandInProvider implements Provider {
  readonly schema: object;
  private settings: ObjectValue = {};
  private readonly session: Session;

  constructor(
    private readonly standIn: StandIn,
    world: World,
  ) {
    this.schema = standIn.schema;
    this.session = { world, node: world.node, caller: () => this.caller(world) };
  }

  isLegacy(type: string): boolean {
    return this.factsOf(type).framework === 'sdkv2';
  }

  configure(config: ObjectValue): Diagnostic[] {
    this.settings = config;
    return [];
  }

  validate(type: string, config: ObjectValue): Diagnostic[] {
    return (this.modelOf(type).validate?.(config) ?? []).map((problem) => errorDiagnostic(problem));
  }

  read(type: string, state: ObjectValue): StateAnswer {
    return this.answer(type, state, () => this.modelOf(type).read(state, this.session));
  }

  plan(type: string, { prior, proposed, config }: PlanQuestion): PlanAnswer {
    const model = this.modelOf(type);
    const { planned, replace } = planChange(this.factsOf(type), { prior, proposed, config }, model.rules ?? {});
    const also = prior ? (model.replaceAlso?.({ prior, proposed, planned }, this.session) ?? []) : [];
    return { planned, replace: [...replace, ...also], diagnostics: [] };
  }

  apply(type: string, prior: ObjectValue | null, planned: ObjectValue | null): StateAnswer {
    const model = this.modelOf(type);
    return this.answer(type, prior, () => {
      if (planned === null) {
        if (prior) model.remove(prior, this.session);
        return null;
      }
      return prior ? model.update(prior, planned, this.session) : model.create(planned, this.session);
    });
  }

  importState(type: string, id: string): StateAnswer {
    const model = this.modelOf(type);
    const imported = model.importState;
    if (!imported) {
      return { state: null, diagnostics: [errorDiagnostic(`the rehearsal does not model the import of ${type}`)] };
    }
    return this.answer(type, null, () => fitToSchema(this.factsOf(type), imported(id)));
  }

  upgrade(type: string, stored: ObjectValue): ObjectValue {
    return fitToSchema(this.factsOf(type), stored);
  }

  /** Runs a call; a refusal of the node becomes a diagnostic and leaves the state as it was. */
  private answer(type: string, before: ObjectValue | null, act: () => ObjectValue | null): StateAnswer {
    try {
      const state = act();
      return { state: state && settleUnknowns(this.factsOf(type), state), diagnostics: [] };
    } catch (error) {
      if (error instanceof PveError) {
        const summary = `${type}: received an HTTP ${error.status} response - Reason: ${error.reason}`;
        return { state: before, diagnostics: [errorDiagnostic(summary)] };
      }
      if (error instanceof ProviderRefusal) return { state: before, diagnostics: [errorDiagnostic(error.message)] };
      throw error;
    }
  }

  private caller(world: World): Caller {
    const { api_token: token, username } = this.settings;
    if (typeof token === 'string' && token !== '') return authenticate(world.node, token);
    if (username === ROOT.authId) return ROOT;
    throw new PveError(401, 'authentication failure');
  }

  private factsOf(type: string): ResourceFacts {
    return this.standIn.facts.resources[type];
  }

  private modelOf(type: string): ResourceModel {
    return this.standIn.models[type];
  }
}
