import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { judge } from '../../review/judge';
import { readPermissions } from '../../review/permission';
import { NOTHING, requireJudged, stateVmid } from '../../state/guard';
import type { Site } from '../../state/site';
import { requireAlone, touches } from '../../state/state-guest';
import { change, CONTAINER, GUESTS, n8n, planOf, update } from '../review/plans';

/** Guest 102 keeps the state here; less memory restarts it. */
const KEEPER = 102;
const restarts = update({ memory: [{ dedicated: 256, swap: 256 }] });
const renamed = update({ description: 'Other words' });
const playbook = change(['delete', 'create'], { id: '1', triggers: { a: '1' } }, { triggers: { a: '2' } }, { type: 'null_resource' });
const addresses = change(['update'], { content: 'a' }, { content: 'b' }, { type: 'local_file', name: 'addresses' });
const other = change(['create'], null, { ...n8n, vm_id: 103 }, { name: 'vikunja' });
const unchanged = change(['no-op'], { ...n8n, vm_id: 103 }, { ...n8n, vm_id: 103 }, { name: 'vikunja' });

describe('the guest that keeps the state', () => {
  test('is touched by whatever changes it, and by nothing else', () => {
    expect(touches(planOf([renamed]), KEEPER)).toBe(true);
    expect(touches(planOf([change(['delete'], n8n, null)]), KEEPER)).toBe(true);
    expect(touches(planOf([renamed]), undefined)).toBe(false);
    expect(touches(planOf([renamed]), 105)).toBe(false);
    expect(touches(planOf([change(['no-op'], n8n, n8n)]), KEEPER)).toBe(false);
    expect(touches(planOf([change(['create'], null, n8n)]), KEEPER)).toBe(false);
    expect(touches(planOf([change(['update'], { id: '102' }, { id: '102', comment: 'x' }, { type: 'proxmox_virtual_environment_pool', name: 'p' })]), KEEPER)).toBe(false);
  });

  const alone = (changes: Parameters<typeof planOf>[0], vmid: number | undefined = KEEPER) => {
    const plan = planOf(changes);
    return () => requireAlone(plan, judge({ plan, host: { guests: GUESTS }, restarts: 1, permissions: readPermissions([`destroys-guest:${KEEPER}`]), ...(vmid !== undefined && { stateVmid: vmid }) }), vmid);
  };

  test('is restarted alone: what else was done by then could not be written down', () => {
    expect(alone([restarts, other])).toThrow(`${CONTAINER}.n8n (guest 102) keeps the state and would be stopped or restarted, together with ${CONTAINER}.vikunja; nothing was applied`);
    expect(alone([restarts, other])).toThrow('take its change out of the definition, apply the others, then put it back and apply it alone');
    expect(alone([change(['delete'], n8n, null), other])).toThrow('together with');
  });

  test('may be restarted with what configures it and the file of addresses, and beside what stays', () => {
    expect(alone([restarts, playbook, addresses, unchanged])).not.toThrow();
  });

  test('may be changed with others as long as it runs on, and others may be restarted', () => {
    expect(alone([renamed, other])).not.toThrow();
    expect(alone([restarts, other], 105)).not.toThrow();
    expect(alone([renamed, change(['update'], { ...n8n, vm_id: 300 }, { ...n8n, vm_id: 300, memory: [{ dedicated: 1, swap: 256 }] }, { name: 'third' })])).not.toThrow();
  });
});

describe('the judge of a house', () => {
  let root: string;
  let site: Site;
  let said: string[];
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'guard-'));
    site = { kind: 'real', root } as Site;
    said = [];
    jest.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  });
  afterEach(() => {
    (console.log as unknown as jest.SpyInstance).mockRestore();
    rmSync(root, { recursive: true });
  });

  function emit(endpoint: string, lifecycle: Record<string, unknown> = { prevent_destroy: true }): void {
    mkdirSync(join(root, 'cdktf.out/stacks/services'), { recursive: true });
    const resource = { [CONTAINER]: { n8n: { lifecycle, vm_id: KEEPER, initialization: { hostname: 'n8n', ip_config: [{ ipv4: { address: '192.0.2.102/24' } }] } } } };
    writeFileSync(join(root, 'cdktf.out/stacks/services/cdk.tf.json'), JSON.stringify({ terraform: { backend: { s3: { endpoints: { s3: endpoint } } } }, resource }));
  }

  const ask = (changes: Parameters<typeof planOf>[0], permission = NOTHING, disks: string[] = []) =>
    requireJudged(site, { stack: 'services', plan: planOf(changes), host: { guests: GUESTS, disks }, permission });

  test('lets pass what no rule refuses, and says so', () => {
    emit('https://elsewhere.example');
    expect(stateVmid(site)).toBeUndefined();
    expect(ask([renamed]).objections).toEqual([]);
    expect(said).toEqual(['guard: the plan may be applied']);
  });

  test('N1: refuses with the rules and what to do, and what is allowed passes', () => {
    emit('https://elsewhere.example');
    expect(() => ask([restarts])).toThrow(/^the guard did not let the plan pass; nothing was applied\n\n {2}proxmox_virtual_environment_container\.n8n \[restarts-guest]\n/);
    expect(said.at(-1)).toMatch(/^guard: .*n8n/);
    expect(ask([restarts], { ...NOTHING, reboots: 1 }).allowed).toHaveLength(1);
    expect(ask([restarts], { ...NOTHING, allow: readPermissions(['restarts-guest:102']) }).allowed).toHaveLength(1);
    expect(() => ask([restarts], { allow: readPermissions(['stops-guest:102']), reboots: 0 })).toThrow('restarts-guest');
  });

  test('knows what the stack keeps: where prevent_destroy alone was lifted, it asks for the word of the owner', () => {
    emit('https://elsewhere.example', { ignore_changes: ['features'] });
    const same = change(['no-op'], n8n, n8n);
    expect(() => ask([same])).toThrow(/n8n \[lifts-prevent-destroy]\n {4}the stack does not keep the container 102 \(n8n\) from being destroyed/);
    expect(ask([same], { ...NOTHING, allow: readPermissions(['lifts-prevent-destroy:102']) }).objections).toEqual([]);
  });

  test('knows the guest that keeps the state, the disks, and the stack for what to do', () => {
    emit('https://192.0.2.102:9000');
    expect(stateVmid(site)).toBe(KEEPER);
    expect(() => ask([restarts], { ...NOTHING, reboots: 1 })).toThrow('[restarts-state]');
    expect(() => ask([other], NOTHING, ['tank/subvol-103-disk-0'])).toThrow('[doubles-disk]');
    expect(() => requireJudged(site, { stack: 'services', plan: { format_version: '1.2', planned_values: {}, resource_changes: [change(['create'], null, n8n)] }, host: { guests: GUESTS }, permission: NOTHING })).toThrow('copies services');
  });
});
