import fc from 'fast-check';
import { Refusal } from '../../common/refusal';
import { parseGuestList } from '../../review/host';
import { judge } from '../../review/judge';
import { parsePlan } from '../../review/parse-plan';
import type { PlanJson } from '../../review/plan-json';
import { change, GUESTS, machine, n8n, planOf, update, VM } from './plans';
import pinned from '../../common/provider.json';

const asked = (plan: unknown) => judge({ plan: parsePlan(JSON.stringify(plan)), host: { guests: GUESTS } });
const whole = planOf([update({ description: 'new' })]);

describe('what has another form than a plan is refused in a sentence', () => {
  test.each<[string, unknown, string]>([
    ['null', null, 'not the JSON of a Terraform plan'],
    ['a list', [], 'not the JSON of a Terraform plan'],
    ['a state', { format_version: '1.0', values: {} }, 'not the JSON of a Terraform plan'],
    ['a plan without a format', { planned_values: {} }, 'not the JSON of a Terraform plan'],
    ['changes that are an object', { ...whole, resource_changes: {} }, 'resource_changes is not a list'],
    ['a change that is none', { ...whole, resource_changes: [null, 3] }, 'resource_changes[0] has no address or no type; resource_changes[1] has no address'],
    ['an entry without a change', { ...whole, resource_changes: [{ address: 'a', type: 't' }] }, 'resource_changes[0] has no change'],
    ['a change without actions', { ...whole, resource_changes: [{ address: 'a', type: 't', change: {} }] }, 'resource_changes[0] has no list of actions'],
    ['actions that are no texts', { ...whole, resource_changes: [{ address: 'a', type: 't', change: { actions: [1] } }] }, 'has no list of actions'],
    ['an action that nobody knows', planOf([change(['evaporate'], n8n, null)]), "would 'evaporate' proxmox_virtual_environment_container.n8n"],
    ['actions in a row that nobody knows', planOf([change(['create', 'forget'], n8n, n8n)]), "would 'create, forget'"],
    ['no actions', planOf([change([], n8n, n8n)]), "would ''"],
    ['a name of every object for an action', planOf([change(['constructor'], n8n, n8n)]), "would 'constructor'"],
    ['an update from nothing', planOf([change(['update'], null, n8n)]), "has no 'before', which its action needs"],
    ['a replacement with nothing', planOf([change(['delete', 'create'], n8n, null)]), "has no 'after', which its action needs"],
    ['values that are a list', planOf([change(['delete'], [] as never, null)]), "has a 'before' that is no object"],
    ['drift that is none', { ...whole, resource_drift: 'x' }, 'resource_drift is not a list'],
    ['a state that is none', { ...whole, prior_state: [] }, 'prior_state is not an object'],
    ['modules that are none', { ...whole, prior_state: { values: { root_module: { child_modules: [3] } } } }, 'child_modules[0] is not an object'],
    ['resources that are none', { ...whole, prior_state: { values: { root_module: { resources: [3] } } } }, 'resources is not a list of objects'],
    ['values of the state that are none', { ...whole, prior_state: { values: 3 } }, 'prior_state.values is not an object'],
    ['a configuration that is none', { ...whole, configuration: 3 }, 'configuration is not an object'],
    ['a name that is none', { ...whole, resource_changes: [{ ...change(['delete'], n8n, null), name: 3 }] }, "resource_changes[0] has a 'name' that is no text"],
    ['a version that is none', { ...whole, configuration: { provider_config: { proxmox: { version_constraint: [] } } } }, "proxmox has a 'version_constraint' that is no text"],
    ['a provider that is none', { ...whole, configuration: { provider_config: { proxmox: 3 } } }, 'configuration.provider_config.proxmox is not an object'],
    ['providers that are none', { ...whole, configuration: { provider_config: 3 } }, 'configuration.provider_config is not an object'],
  ])('%s', (_what, plan, text) => {
    expect(() => asked(plan)).toThrow(Refusal);
    expect(() => asked(plan)).toThrow(text);
  });

  test('many problems are told as some and a number', () => {
    expect(() => asked({ ...whole, resource_changes: Array(9).fill(3) })).toThrow('and 4 more');
  });

  test('a cut plan is not repeated: it holds secrets', () => {
    expect(() => parsePlan('{"variables": {"token": {"value": "SECRET"')).toThrow(/^the plan is not JSON\n/);
  });
});

describe('only a whole plan of what is known is judged', () => {
  test.each<[string, Partial<PlanJson>, string]>([
    ['an error', { errored: true, resource_changes: [] }, 'planning failed half-way (errored)'],
    ['a part', { complete: false }, 'only a part of the stack (complete: false)'],
    ['changes for later', { deferred_changes: [{ reason: 'provider_config_unknown' }] }, 'leaves changes for later'],
    ['not applyable, with changes', { applyable: false }, 'not applyable, though it changes something'],
    ['an action', { action_invocations: [{ address: 'action.x.y' }] }, "a part 'action_invocations', which this judge does not know"],
    ['an action for later', { deferred_action_invocations: [{}] }, "a part 'deferred_action_invocations'"],
    ['a part of tomorrow', { something_new: true }, "a part 'something_new'"],
    ['another format', { format_version: '9.9' }, "its format is '9.9', and this judge knows 1.x"],
    ['another format that begins alike', { format_version: '11.0' }, "its format is '11.0'"],
    ['a check that fails', { checks: [{ address: { to_display: 'check.dns' }, status: 'fail' }] }, "its check check.dns has the status 'fail'"],
    ['a check that breaks', { checks: [{ status: 'error' }] }, "its check without a name has the status 'error'"],
    ['checks that are none', { checks: 'x' }, 'its checks are no list'],
    ['another provider version', { configuration: { provider_config: { proxmox: { full_name: 'registry.terraform.io/bpg/proxmox', version_constraint: '0.99.0' } } } }, `is bpg/proxmox 0.99.0, and what this judge knows was taken from ${pinned.version}`],
    ['a range of versions', { configuration: { provider_config: { proxmox: { full_name: 'registry.opentofu.org/bpg/proxmox', version_constraint: `>= ${pinned.version}` } } } }, `is bpg/proxmox >= ${pinned.version}`],
  ])('%s is refused, by its name', (_what, part, text) => {
    expect(() => asked({ ...whole, ...part })).toThrow(Refusal);
    expect(() => asked({ ...whole, ...part })).toThrow(text);
  });

  test('everything that is missing is told at once', () => {
    const read = (): unknown => asked({ ...whole, errored: true, complete: false, action_invocations: [{}] });
    for (const text of ['errored', 'complete: false', 'action_invocations']) expect(read).toThrow(text);
  });

  test.each<[string, Partial<PlanJson>]>([
    ['a plan that does nothing is not applyable', { applyable: false, resource_changes: [change(['no-op'], n8n, n8n)] }],
    ['all of it as Terraform 1.11 writes it', { complete: true, applyable: true, errored: false, terraform_version: '1.11.4', timestamp: 'x', output_changes: {}, variables: {}, relevant_attributes: [], deferred_changes: [], checks: [{ status: 'pass' }, { status: 'unknown' }] }],
    ['a part that is empty', { action_invocations: [] }],
    ['the provider at its version, in either spelling', { configuration: { provider_config: { proxmox: { full_name: 'registry.terraform.io/bpg/proxmox', version_constraint: `= ${pinned.version}` }, null: { full_name: 'registry.terraform.io/hashicorp/null', version_constraint: '3.2.4' } } } }],
  ])('%s', (_what, part) => {
    expect(asked({ ...whole, ...part }).objections).toEqual([]);
  });
});

/** Every place in a JSON value, as a way to put something else there. */
function* places(value: unknown, put: (fresh: unknown) => unknown): Generator<(fresh: unknown) => unknown> {
  yield put;
  if (typeof value !== 'object' || value === null) return;
  for (const key of Object.keys(value)) {
    const set = (fresh: unknown): unknown => {
      const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
      if (fresh === GONE) delete copy[key];
      else copy[key] = fresh;
      return put(Array.isArray(copy) ? copy.filter(() => true) : copy);
    };
    yield* places((value as Record<string, unknown>)[key], set);
  }
}

const GONE = Symbol('taken out');

test('no damage to a plan or a list ends in anything but a verdict or a refusal', () => {
  const plan = planOf(
    [
      change(['update'], { ...n8n, mount_point: [{ path: '/data', size: '1G', volume: 'tank' }] }, { ...n8n, memory: [] }, { unknown: { memory: true }, sensitive: { description: true } }),
      change(['delete', 'create'], machine, { ...machine, vm_id: 301 }, { type: VM, name: 'windows', reason: 'replace_because_tainted' }),
      change(['no-op'], n8n, n8n, { name: 'photos', importing: 'pve/200' }),
      change(['update'], { id: 'tank', nodes: [] }, { id: 'tank', nodes: ['pve'] }, { type: 'proxmox_storage_zfspool', name: 'tank' }),
      change(['delete', 'create'], { triggers: {} }, { triggers: {} }, { type: 'null_resource' }),
    ],
    {
      resource_drift: [change(['update'], n8n, machine)],
      configuration: { provider_config: { proxmox: { full_name: 'x/bpg/proxmox', version_constraint: pinned.version } } },
      prior_state: { values: { root_module: { resources: [{ mode: 'managed', type: VM, values: machine }], child_modules: [{ resources: [] }] } } },
      checks: [{ address: { to_display: 'x' }, status: 'pass' }],
    },
  );
  const ways = [...places(plan, (fresh) => fresh)];
  const lists = [...places(GUESTS, (fresh) => fresh)];
  const junk = fc.oneof(fc.constant(GONE), fc.constantFrom<unknown>(null, true, false, 0, -1, 1e9, '', 'x', '__proto__', [], {}, [null], [[]], { constructor: 1 }), fc.jsonValue({ maxDepth: 2 }));
  const judgeDamaged = (at: number, fresh: unknown, list: unknown): void => {
    try {
      judge({ plan: parsePlan(JSON.stringify(ways[at](fresh)) ?? ''), host: { guests: parseGuestList(JSON.stringify(list)) } });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  };
  // Each place once with each of the usual suspects, then at random.
  for (let at = 1; at < ways.length; at++) for (const fresh of [GONE, null, 7, 'x', [], [null], {}]) judgeDamaged(at, fresh, GUESTS);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: ways.length - 1 }), junk, fc.integer({ min: 1, max: lists.length - 1 }), junk, fc.boolean(), (at, fresh, listAt, listFresh, cutList) => {
      judgeDamaged(at, fresh, cutList ? lists[listAt](listFresh) : GUESTS);
    }),
    { seed: 102, numRuns: 1000 },
  );
});
