import type { AttributeFacts, BlockFacts, NestedBlockFacts, ResourceFacts } from '../../../rehearsal/facts/provider-facts';
import { Unknown, type ObjectValue } from '../../../rehearsal/protocol/value';
import { planChange, type PlanRules } from '../../../rehearsal/provider/plan-change';

const text = (more: Partial<AttributeFacts> = {}): AttributeFacts => ({ type: 'string', optional: true, ...more });
const list = (attributes: BlockFacts['attributes'], more: Partial<NestedBlockFacts> = {}): NestedBlockFacts => ({ attributes, blocks: {}, nesting: 'list', ...more });
const facts = (framework: ResourceFacts['framework'], attributes: BlockFacts['attributes'], blocks: BlockFacts['blocks'] = {}): ResourceFacts => ({ framework, schemaVersion: 0, attributes, blocks });

/** Plans a change of a resource that is configured as it is proposed. */
const plan = (of: ResourceFacts, prior: ObjectValue | null, proposed: ObjectValue, rules: PlanRules = {}, config: ObjectValue = proposed) => planChange(of, { prior, proposed, config }, rules);

describe('M16: a provider on the plugin framework', () => {
  const storage = facts('plugin-framework', {
    id: text({ required: true, replace: true }),
    content: text(),
    digest: text({ computed: true }),
    node: text({ computed: true, keep: true }),
  });
  const tank: ObjectValue = { id: 'tank', content: 'images', digest: 'abc', node: 'pve' };

  test('replaces for a value that forces it, and for that value alone', () => {
    expect(plan(storage, tank, { ...tank, id: 'pool' }, {}, { id: 'pool', content: 'images' }).replace).toEqual([['id']]);
    expect(plan(storage, tank, { ...tank, content: 'rootdir' }, {}, { id: 'tank', content: 'rootdir' }).replace).toEqual([]);
    expect(plan(storage, null, { id: 'tank', content: 'images' }).replace).toEqual([]);
  });

  test('keeps a computed value that an update does not change, and opens every other one', () => {
    const { planned } = plan(storage, tank, { ...tank, content: 'rootdir' }, {}, { id: 'tank', content: 'rootdir' });
    expect(planned).toEqual({ id: 'tank', content: 'rootdir', digest: Unknown.value, node: 'pve' });
    expect(plan(storage, null, { id: 'tank', content: 'images' }).planned).toEqual({ id: 'tank', content: 'images', digest: Unknown.value, node: Unknown.value });
  });

  test('opens nothing when nothing differs', () => {
    expect(plan(storage, tank, tank, {}, { id: 'tank', content: 'images' })).toEqual({ planned: tank, replace: [] });
  });
});

describe('M17: a provider on SDKv2', () => {
  const guest = facts('sdkv2', { name: text() }, { mount: list({ volume: text({ replace: true }), path: text() }), nic: list({ mac: text() }, { replace: true }) });
  const with_ = (more: ObjectValue): ObjectValue => ({ name: 'a', mount: [{ volume: 'tank', path: '/data' }], nic: [], ...more });

  test('calls it no change when all that differs is a spelling that it does not keep', () => {
    const of = facts('sdkv2', { tags: text({ replace: true }) });
    const prior: ObjectValue = { tags: 'a;b' };
    const rules = { suppress: { tags: () => true } };
    const planned = plan(of, prior, { tags: 'b;a' }, rules);
    expect(planned).toEqual({ planned: prior, replace: [] });
    expect(planned.planned).toBe(prior);
    expect(plan(of, prior, { tags: 'b;a' })).toEqual({ planned: { tags: 'b;a' }, replace: [['tags']] });
  });

  test('a hidden difference of a block takes along what forced a replacement in it, and nothing that was before it', () => {
    const of = facts('sdkv2', { id: text({ replace: true }) }, { mount: list({ volume: text({ replace: true }) }) });
    const rules = { suppress: { mount: () => true } };
    const prior: ObjectValue = { id: '1', mount: [{ volume: 'tank' }] };
    expect(plan(of, prior, { id: '2', mount: [{ volume: 'local' }] }, rules)).toEqual({ planned: { id: '2', mount: [{ volume: 'tank' }] }, replace: [['id']] });
    expect(plan(of, prior, { id: '2', mount: [{ volume: 'local' }] }).replace).toEqual([['id'], ['mount', 0, 'volume']]);
  });

  test('a block that goes replaces for each value in it that would, unless that difference is hidden', () => {
    expect(plan(guest, with_({}), with_({ mount: [] })).replace).toEqual([['mount', 0, 'volume']]);
    expect(plan(guest, with_({}), with_({ mount: [] }), { suppress: { 'mount.volume': () => true } }).replace).toEqual([]);
    expect(plan(guest, with_({ mount: [{ volume: null, path: '/data' }] }), with_({ mount: [] })).replace).toEqual([]);
  });

  test('so it is with a block inside one that goes', () => {
    const of = facts('sdkv2', {}, { init: { ...list({}), blocks: { account: list({ keys: text({ replace: true }) }) } } });
    const prior: ObjectValue = { init: [{ account: [{ keys: 'ssh' }] }] };
    expect(plan(of, prior, { init: [] }).replace).toEqual([['init', 0, 'account', 0, 'keys']]);
  });

  test('another number of blocks replaces where the number alone forces it', () => {
    expect(plan(guest, with_({ nic: [{ mac: null }] }), with_({ nic: [] })).replace).toEqual([['nic']]);
    expect(plan(guest, with_({}), with_({ mount: [{ volume: 'tank', path: '/data' }, { volume: null, path: '/more' }] })).replace).toEqual([]);
  });

  test('leaves the address that Proxmox VE gave, and asks for it on a new guest only', () => {
    const of = facts('sdkv2', { mac: text({ computed: true }) }, { ip: list({ address: text() }, { computed: true }) });
    expect(plan(of, null, { mac: null, ip: [] }).planned).toEqual({ mac: Unknown.value, ip: Unknown.value });
    expect(plan(of, { mac: 'AA', ip: [] }, { mac: null, ip: [] })).toEqual({ planned: { mac: 'AA', ip: [] }, replace: [] });
  });
});
