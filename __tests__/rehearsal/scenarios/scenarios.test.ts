import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rehearse, type RehearsalResult } from '../../../rehearsal/flow/rehearsal';
import { readStacks } from '../../../rehearsal/flow/stack';
import type { InstalledTool } from '../../../rehearsal/flow/tool';
import { loadScenario, readScenario, scenarioNames } from '../../../rehearsal/scenarios/load-scenario';
import type { Scenario } from '../../../rehearsal/scenarios/scenario';
import { houseStacks, writeStacks } from '../fixtures/house';
import { machine } from '../fixtures/machine';
import { anyTool, skipMissingTools, tools } from '../fixtures/tools';

jest.setTimeout(90_000);

const folder = writeStacks(houseStacks());
afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));

const run = (tool: InstalledTool, scenario: Scenario): Promise<RehearsalResult> =>
  rehearse({ tool, stacks: readStacks(folder), machine, scenario, progress: () => undefined, say: () => undefined });

/** Everything below a folder, as one text. */
function digest(path: string): string {
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const lines = files.map((entry) => {
    const file = join(entry.parentPath, entry.name);
    return `${file} ${createHash('sha256').update(readFileSync(file)).digest('hex')}`;
  });
  return lines.sort().join('\n');
}

skipMissingTools();

describe.each(tools.present.map((tool) => [tool.tool, tool] as const))('with %s', (_name, tool) => {
  test.each(scenarioNames())('the scenario %s comes out as it says', async (name) => {
    const before = digest(folder);
    const { unmet } = await run(tool, loadScenario(name));
    expect(unmet).toEqual([]);
    expect(digest(folder)).toBe(before);
  });
});

test('the scenarios of the project are the nine it promises', () => {
  expect(scenarioNames()).toEqual([
    'blank-host',
    'foreign-guest',
    'guest-deleted',
    'guest-fails-halfway',
    'guest-stopped',
    'killed-in-apply',
    'pool-nearly-full',
    'template-renewed',
    'token-without-network',
  ]);
});

test('a blank host gets the whole house, keeps nothing of it after destroy, and Ansible would have run for every guest', async () => {
  const result = await run(anyTool(), loadScenario('blank-host'));
  const [up] = result.records;
  expect(up.stacks.map((outcome) => [outcome.stack.name, outcome.ends])).toEqual([['foundation', 'done'], ['services', 'done']]);
  expect(up.stacks[1].effects.guests.create).toEqual([100, 102, 103, 106, 107, 108, 111, 114, 115, 117, 120]);
  expect(result.capacity).toEqual({ guests: 12, cores: 12, memoryMiB: 12 * 1024, diskGiB: { '/': 7, tank: 12 * 8 + 8 } });
  expect(new Set(result.playbookCalls).size).toBe(12);
  expect(result.handedOver).toBe(2);
  expect(result.node.guests).toEqual([]);
  const refused = result.records.filter((record) => record.title === 'destroy with protections');
  expect(refused.map((record) => record.stacks[0].ends)).toEqual(['refused', 'refused']);
});

test('a scenario that expects something else fails and says what is different', async () => {
  const wrong = readScenario(
    `title: wrong
why: to be wrong
journey:
  - up: { expect: { created: [100], ends: refused, rule: shrinks-disk, says: [nonsense], restarted: [102] } }
  - down:`,
    'wrong',
  );
  const { unmet, records } = await run(anyTool(), wrong);
  expect(unmet).toEqual([
    "services ended 'done', expected 'refused'",
    "the guard did not refuse by 'shrinks-disk'",
    "no error says 'nonsense'",
    'guests created: 100, 102, 103, 105, 106, 107, 108, 111, 114, 115, 117, 120, 1000; expected 100',
    'guests restarted: none; expected 102',
  ]);
  expect(records).toHaveLength(1);
});

test('without prevent_destroy on what is protected the journey fails', async () => {
  const stacks = houseStacks();
  // Only one thing is protected, and the plan of its destruction is not refused because the copy lost it.
  const weak = writeStacks({ foundation: stacks.foundation });
  const [stack] = readStacks(weak);
  const lax = structuredClone(stack.config);
  Object.values(lax.resource ?? {}).forEach((resources) =>
    Object.values(resources).forEach((resource) => delete resource.lifecycle?.prevent_destroy),
  );
  const scenario = loadScenario('blank-host');
  const lifted = ['proxmox_virtual_environment_container.minio', 'proxmox_storage_zfspool.tank'].map((address) => `lifts-prevent-destroy:${address}`);
  const result = await rehearse({
    tool: anyTool(),
    stacks: [{ ...stack, config: lax }],
    machine,
    scenario: { ...scenario, journey: [{ up: { allow: lifted } }, { down: null }] },
    progress: () => undefined,
    say: () => undefined,
  });
  // With nothing protected there is nothing to lift: PVE's own protection refuses instead.
  expect(result.unmet.join('\n')).toContain("can't remove CT 105 - protection mode enabled");
  rmSync(dirname(weak), { recursive: true, force: true });
});

describe('a scenario that cannot be used is refused with everything that is wrong with it', () => {
  test.each<[string, string, string[]]>([
    ['no mapping', '- a', ['it must be a mapping with title, why and journey']],
    ['no YAML', 'a: [', ['is not YAML']],
    ['nothing in it', '{}', ["'title' must be a text", "'why' must be a text", "'journey' must be a list of steps"]],
    [
      'misspelled keys',
      'title: t\nwhy: w\nnode: { disk: [] }\njourney:\n  - up: { reboot: 1, expect: { ends: well, gone: [] } }\n  - sideways:',
      [
        "'node' has an unknown key 'disk'",
        "step 1 (up) has an unknown key 'reboot'",
        "'expect' of step 1 has an unknown key 'gone'",
        "'ends' of step 1 must be one of done, refused, failed, killed; got 'well'",
        "step 2 must be one of up, byHand, down; got 'sideways'",
      ],
    ],
    [
      'amounts that are none',
      'title: t\nwhy: w\npoolRoom: half\nfailsAtGuest: { nth: 1.5, reason: r }\njourney:\n  - up: { killAfterGuests: -1 }\n  - byHand: { setMemoryMiB: { guest: any, memoryMiB: 64% more } }',
      ["'poolRoom' of the scenario must be a whole number", "got '1.5'", "'killAfterGuests' of step 1", "got '64% more'"],
    ],
  ])('%s', (_what, text, problems) => {
    for (const problem of problems) expect(() => readScenario(text, 'mine')).toThrow(problem);
  });

  test('one that does not exist names those that do', () => {
    expect(() => loadScenario('blank-hose')).toThrow(/there is no scenario 'blank-hose'[\s\S]*blank-host, foreign-guest/);
  });
});
