import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HomelabProps } from '../../../constructs';
import { House } from '../../../rehearsal/flow/house';
import { rehearse, type RehearsalResult } from '../../../rehearsal/flow/rehearsal';
import type { UpStep } from '../../../rehearsal/scenarios/scenario';
import { withService } from '../../helpers/alter';
import { smallHouse } from '../../helpers/small-house';
import { synthesized } from '../fixtures/synthesized';
import { anyTool } from '../fixtures/tools';

jest.setTimeout(90_000);

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'everyday-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** Brings the kept house to what a definition says, as its owner would. */
async function bring(lab: HomelabProps, up: UpStep | null = null): Promise<RehearsalResult> {
  const { stacks, machine, remove } = synthesized(lab);
  const scenario = { title: 'a change', why: '', journey: [{ up }] };
  try {
    return await rehearse({ tool: anyTool(), stacks, machine, scenario, house: new House(folder), progress: () => undefined, say: () => undefined });
  } finally {
    remove();
  }
}

test('a first apply of the whole house configures every service after those it needs', async () => {
  const { unmet, playbookCalls } = await bring(smallHouse);
  expect(unmet).toEqual([]);
  const order = playbookCalls.map((call) => /guests\/([a-z-]+)\.yml/.exec(call)?.[1]);
  expect([...order].sort()).toEqual(['garage', 'miniflux', 'valkey']);
  expect(order.indexOf('valkey')).toBeLessThan(order.indexOf('miniflux'));
});

test('a renamed service keeps its guest: nothing is made, replaced or destroyed, and the plan after it is empty', async () => {
  expect((await bring(smallHouse)).unmet).toEqual([]);
  const renamed = withService('miniflux', { name: 'reader', role: 'miniflux', formerly: 'miniflux' });
  const { unmet, node } = await bring(renamed, { reboots: 1, expect: { created: [], changed: [4003], replaced: [], destroyed: [] } });
  expect(unmet).toEqual([]);
  expect(node.guests.find(({ vmid }) => vmid === 4003)).toMatchObject({ name: 'reader', status: 'running', protection: true });
});
