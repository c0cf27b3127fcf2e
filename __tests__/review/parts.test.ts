import { planDeeds, planDigest } from '../../review/digest';
import { actionOf, type PlanJson, type ResourceChange } from '../../review/plan-json';
import { judge } from '../../review/judge';
import { refusalText, toldLines } from '../../review/report';
import { change, CONTAINER, GUESTS, judged, machine, n8n, planOf, rules, update, VM, words } from './plans';
import pinned from '../../common/provider.json';

const judgedPlan = (more: Partial<PlanJson>, changes: readonly ResourceChange[] = []) => () => judged(changes, { plan: more });
const managed = (type: string, values?: object) => ({ mode: 'managed', type, ...(values && { values }) });
const prior = (...resources: unknown[]) => ({ prior_state: { values: { root_module: { resources } } } }) as Partial<PlanJson>;

describe('what a plan does', () => {
  const of = (...changes: ResourceChange[]) => planDeeds({ resource_changes: changes });

  test('is one line for each resource, with what changes and from where', () => {
    const moved = { ...change(['update'], { b: 1, a: null, same: 1 }, { b: 'x', a: [1], same: 1 }, { importing: 'x' }), previous_address: 'old.n8n' };
    expect(of(moved)).toEqual([`${CONTAINER}.n8n from old.n8n update import a=>[1] b=1>"x"`]);
    expect(of(change(['delete', 'create'], { a: 1 }, {}))).toEqual([`${CONTAINER}.n8n delete,create a=1>`]);
    expect(of(change(['create'], null, { a: 's' }, { sensitive: { a: true } }))).toEqual([`${CONTAINER}.n8n create a=(sensitive)`]);
  });

  test('is nothing for what stays and what is only read', () => {
    expect(of(change(['no-op'], n8n, n8n), change(['read'], null, {}))).toEqual([]);
    expect(planDeeds({})).toEqual([]);
  });

  test('has one name in whatever order it is told', () => {
    const [one, two] = [change(['create'], null, { a: 1 }), change(['create'], null, { a: 1 }, { name: 'b' })];
    expect(planDigest({ resource_changes: [one, two] })).toBe(planDigest({ resource_changes: [two] }, { resource_changes: [one] }));
    expect(planDigest({})).toMatch(/^[0-9a-f]{16}$/);
  });
});

describe('the form of a plan', () => {
  test('is told for the first five places, and how many more there are', () => {
    const odd = (count: number) => judgedPlan({ resource_drift: Array.from({ length: count }, () => ({})) as never });
    const places = (count: number) => Array.from({ length: count }, (_, index) => `resource_drift[${index}] has no address or no type`).join('; ');
    expect(odd(5)).toThrow(`the plan has another form than Terraform's: ${places(5)}\n  write it with: terraform show -json PLANFILE`);
    expect(odd(7)).toThrow(`${places(5)}; and 2 more\n`);
  });

  test.each<[string, Partial<PlanJson>]>([
    ['resource_drift[0] has no address or no type', { resource_drift: [{ address: 'a' }] as never }],
    ['resource_drift[0] has no address or no type', { resource_drift: [{ type: 'a' }] as never }],
    ['prior_state.values.root_module is not an object', { prior_state: { values: { root_module: 1 } } as never }],
    ['prior_state.values.root_module.resources[0].values is not an object', prior({ values: 1 })],
    ["prior_state.values.root_module.resources[1] has a 'type' that is no text", prior({}, { type: 1 })],
    ["prior_state.values.root_module.resources[0] has a 'mode' that is no text", prior({ mode: 1 })],
    ['prior_state.values.root_module.child_modules is not a list', { prior_state: { values: { root_module: { child_modules: {} } } } as never }],
    ['prior_state.values.root_module.child_modules[0] is not an object', { prior_state: { values: { root_module: { child_modules: [null] } } } as never }],
    ['prior_state.values.root_module.child_modules[0].resources is not a list of objects', { prior_state: { values: { root_module: { child_modules: [{ resources: 1 }] } } } as never }],
    ['configuration.provider_config is not an object', { configuration: { provider_config: [] } as never }],
    ['configuration.provider_config.x is not an object', { configuration: { provider_config: { x: 1 } } as never }],
  ])('%s', (words, more) => expect(judgedPlan(more)).toThrow(words));

  test('what is absent or empty is no mistake', () => {
    expect(judgedPlan({ resource_drift: null as never, configuration: {} })).not.toThrow();
    expect(rules(judged([{ ...change(['no-op'], n8n, n8n), change: { actions: ['no-op'] } } as never]))).toEqual([]);
  });

  test('an action that is not known is named with what would be done', () => {
    expect(() => actionOf(change(['create', 'forget'], null, n8n))).toThrow(`the plan would 'create, forget' ${CONTAINER}.n8n: this judge does not know that action\n  plan with the Terraform that the house names`);
    expect(actionOf(change(['create', 'delete'], null, n8n))).toBe('replace');
  });
});

describe('a plan that is not whole', () => {
  const again = 'plan the whole stack again, without -target';
  test.each<[string, string, Partial<PlanJson>]>([
    ["its format is '2.0', and this judge knows 1.x", 'plan with the Terraform that the house names', { format_version: '2.0' }],
    ['planning failed half-way (errored), so that it holds only a part', 'mend what Terraform said', { errored: true }],
    ['it holds only a part of the stack (complete: false)', again, { complete: false }],
    ['it leaves changes for later (deferred_changes)', again, { deferred_changes: [{}] }],
    ['it leaves changes for later (deferred_changes)', again, { deferred_changes: { a: 1 } }],
    ['it leaves changes for later (deferred_changes)', again, { deferred_changes: 1 }],
    ["it has a part 'action_invocations', which this judge does not know", 'take out of the definition what Terraform plans there', { action_invocations: [{}] }],
    ['its checks are no list', again, { checks: { a: 1 } }],
    ["its check output.x has the status 'fail'", 'make what the check asks for true, or take the check out', { checks: [{ status: 'pass' }, { status: 'fail', address: { to_display: 'output.x' } }] }],
    ["its check without a name has the status 'undefined'", 'make what the check asks for true, or take the check out', { checks: [null] }],
    [
      `its provider 'proxmox' is bpg/proxmox 0.99.0, and what this judge knows was taken from ${pinned.version}`,
      'compare what forces a replacement or a restart, change review/, then PROVIDER_VERSION in review/kinds.ts',
      { configuration: { provider_config: { proxmox: { full_name: 'registry.terraform.io/bpg/proxmox', version_constraint: '= 0.99.0' } } } },
    ],
  ])('%s', (problem, remedy, more) => expect(judgedPlan(more)).toThrow(`this plan cannot be judged:\n  ${problem}\n    ${remedy}`));

  test('all that is wrong is told at once', () => {
    expect(judgedPlan({ errored: true, complete: false })).toThrow(/\(errored\)[^]*\n {4}mend what Terraform said\n {2}it holds only a part/);
  });

  test.each<Partial<PlanJson>>([
    { deferred_changes: [], action_invocations: {}, later: null, checks: null },
    { deferred_changes: {}, checks: {} },
    { format_version: undefined },
    { errored: false, complete: true, applyable: true },
    { checks: [{ status: 'pass' }, { status: 'unknown' }] },
    { configuration: { provider_config: { proxmox: { full_name: 'x/bpg/proxmox' }, other: { full_name: 'x/hashicorp/null', version_constraint: '1' }, none: {} } } },
    { configuration: { provider_config: { proxmox: { full_name: 'x/bpg/proxmox', version_constraint: `= ${pinned.version}` } } } },
  ])('%j is whole', (more) => expect(judgedPlan(more)).not.toThrow());

  test('one that Terraform calls not applyable does nothing, or is a part', () => {
    const more = { applyable: false };
    expect(judgedPlan(more, [change(['no-op'], n8n, n8n), change(['read'], null, {}, { type: 'local_file' })])).not.toThrow();
    expect(judgedPlan(more, [change(['no-op'], n8n, n8n), update({ description: 'new' })])).toThrow(`Terraform calls it not applyable, though it changes something\n    ${again}`);
  });
});

describe('what stands around a change', () => {
  const third = { ...n8n, vm_id: 103 };

  test('a guest that stays is not made, nor is one that leaves its own VMID free', () => {
    const created = change(['create'], null, n8n, { name: 'twin' });
    expect(rules(judged([created, update({ description: 'new' })]))).toEqual(['adopts-guest']);
    expect(words(judged([created, change(['delete', 'create'], n8n, n8n)], { allow: ['replaces-guest:102'] }))).toContain('which this state knows under another address');
  });

  test('two that go to one VMID are both told', () => {
    const moves = [change(['delete', 'create'], n8n, third), change(['create'], null, third, { name: 'twin' })];
    expect(rules(judged(moves, { guests: [GUESTS[0]!] }))).toEqual(['replaces-guest', 'doubles-vmid', 'doubles-vmid']);
  });

  test('a guest of the state is known although no change is about it; what is only read is not of the state', () => {
    const created = [change(['create'], null, n8n)];
    const told = (...resources: unknown[]) => words(judged(created, { plan: prior(managed('local_file'), ...resources) }));
    expect(told(managed(CONTAINER, { vm_id: 102 }))).toContain('which this state knows under another address');
    for (const other of [{ ...managed(CONTAINER, { vm_id: 102 }), mode: 'data' }, managed('proxmox_virtual_environment_pool', { id: '102' }), managed(CONTAINER), { values: { vm_id: 102 } }]) {
      expect(told(other)).toContain('which this state does not know');
    }
  });

  test('modules inside of modules belong to the state', () => {
    const inner = { resources: [managed(CONTAINER, { vm_id: 102 })] };
    const deep = { prior_state: { values: { root_module: { child_modules: [{}, { child_modules: [inner] }] } } } } as Partial<PlanJson>;
    expect(words(judged([change(['create'], null, n8n)], { plan: deep }))).toContain('knows under another address');
  });

  test('a state is empty only when it knows of nothing at all', () => {
    const created = [change(['create'], null, n8n)];
    expect(words(judged(created, { plan: prior() }))).toContain("the state of 'STACK' is empty");
    expect(words(judged([...created, change(['no-op'], {}, {}, { type: 'local_file' })], { plan: prior() }))).not.toContain('is empty');
    expect(words(judged(created, { plan: prior({ mode: 'data' }, managed('local_file')) }))).not.toContain('is empty');
  });

  test('a list that lacks guests of the state is of another host, and they are named', () => {
    const lacking = () => judged([], { guests: [], plan: prior(managed(CONTAINER, n8n), managed(VM, { vm_id: 7 }), managed(CONTAINER, {})) });
    expect(lacking).toThrow(
      'the guest list has 0 guests and lacks 102 (n8n), 7, which Terraform has found on the host: it is the list of another host, or a cut one\n  read it again on the host of this state: pvesh get /cluster/resources --type vm --output-format json',
    );
  });
});

describe('disks', () => {
  const disk = (before: object, after: object, unknown?: unknown) => rules(judged([change(['update'], { ...machine, disk: [before] }, { ...machine, disk: [after] }, { type: VM, unknown })]));
  const scsi = { interface: 'scsi0' };

  test('what was not said of one may be said now, other than an image to be written over it', () => {
    expect(disk(scsi, { ...scsi, size: 5, datastore_id: 'tank', file_format: 'raw' })).toEqual([]);
    for (const image of ['file_id', 'import_from']) expect(disk({ ...scsi, [image]: '' }, { ...scsi, [image]: 'local:x.img' })).toEqual(['moves-disk']);
  });

  test.each([undefined, null, ''])('a size of %j cannot get smaller, and 0 can', (size) => {
    expect(disk({ ...scsi, size }, { ...scsi, size: 1 })).toEqual([]);
    expect(disk({ ...scsi, size: 'big' }, { ...scsi, size: 1 })).toEqual(['shrinks-disk']);
    expect(disk({ ...scsi, size: 2 }, { ...scsi, size })).toEqual(['shrinks-disk']);
    expect(words(judged([change(['update'], { ...machine, disk: [{ ...scsi, size: 2 }] }, { ...machine, disk: [{ ...scsi, size }] }, { type: VM })]))).toContain('from 2G to');
  });

  test('a size that is only known after apply may be smaller, also where the plan repeats the old one', () => {
    expect(disk({ ...scsi, size: 2 }, { ...scsi, size: 2 }, { disk: [{ size: true }] })).toEqual(['shrinks-disk']);
    expect(disk(scsi, scsi, { disk: [{ size: true }] })).toEqual([]);
    expect(disk({ ...scsi, size: 2 }, { ...scsi, size: 2 }, { disk: [{ speed: true }] })).toEqual([]);
  });
});

describe('a verdict', () => {
  const smaller = update({ memory: [{ dedicated: 256, swap: 256 }], console: [{ a: 1 }] });

  test('says in lines what will restart, what is to be known, and which permission nothing needs', () => {
    const verdict = judged([smaller, update({ description: 'x' }, { type: 'local_file' })], { allow: ['restarts-guest:102', 'stops-guest:102'] });
    expect(toldLines(verdict)).toEqual([
      `will restart ${CONTAINER}.n8n: console, memory`,
      `${CONTAINER}.n8n: the container 102 (n8n) gets less: 512 -> 256 MiB of memory`,
      "--allow 'stops-guest:102' is not needed by this plan",
    ]);
    expect(refusalText(verdict)).toBe('');
  });

  test('tells each objection with its address and rule, one after the other', () => {
    const two = judged([update({ started: false, protection: false })]);
    expect(refusalText(two)).toMatch(new RegExp(`^${CONTAINER}\\.n8n \\[unprotects-guest]\\n    this would .*\\n    keep its .*\\n\\n  ${CONTAINER}\\.n8n \\[stops-guest]\\n`));
  });

  test('names the guest of an objection, and nobody where there is none', () => {
    expect(judged([change(['delete'], { id: '7' }, null, { type: 'docker_container' })]).objections).toMatchObject([{ vmid: null, guest: null }]);
    expect(judge({ plan: planOf([smaller]), host: { guests: GUESTS } }).unused).toEqual([]);
  });

  test.each([
    [{ started: false }, {}, []],
    [{}, { started: false }, []],
    [{}, { template: true }, []],
    [{}, { template: false }, ['memory']],
    [{}, { reboot_after_update: false }, []],
    [{}, { reboot_after_update: true }, ['memory']],
  ])('a guest with %j before and %j after restarts for %j', (before, after, causes) => {
    const planned = change(['update'], { ...n8n, ...before }, { ...n8n, ...after, memory: [{ dedicated: 9999, swap: 256 }] });
    expect(judged([planned], { restarts: 9 }).restarts.flatMap((restart) => restart.causes)).toEqual(causes);
  });

  test('what is no guest restarts nobody, whatever changes in it', () => {
    const planned = change(['update'], { id: 'x', memory: 1 }, { id: 'x', memory: 2 }, { type: 'local_file' });
    expect([judged([planned]).restarts, rules(judged([planned]))]).toEqual([[], []]);
  });
});

test.each(['restarts-guest:102\nx', 'Xrestarts-guest:102', ':102', 'restarts-guest'])('%j is no permission', (text) => {
  expect(() => judged([], { allow: [text] })).toThrow(`--allow '${text}' is not RULE:ADDRESS or RULE:VMID`);
});
