import type { HomelabProps } from '../../../constructs';
import { homelab } from '../../../homelab';
import { rehearse, type RehearsalResult } from '../../../rehearsal/flow/rehearsal';
import { loadScenario, scenarioNames } from '../../../rehearsal/scenarios/load-scenario';
import type { Scenario } from '../../../rehearsal/scenarios/scenario';
import { withHost, withPool, withService } from '../../helpers/alter';
import { smallHouse } from '../../helpers/small-house';
import { synthesized } from '../fixtures/synthesized';
import { anyTool } from '../fixtures/tools';

jest.setTimeout(90_000);

async function rehearsed(lab: HomelabProps, scenario: Scenario): Promise<RehearsalResult> {
  const { stacks, machine, remove } = synthesized(lab);
  try {
    return await rehearse({ tool: anyTool(), stacks, machine, scenario, progress: () => undefined, say: () => undefined });
  } finally {
    remove();
  }
}

describe('a house that shares no value with the owner’s is played on its own machine', () => {
  test.each(scenarioNames())('%s', async (name) => {
    const { unmet, node } = await rehearsed(smallHouse, loadScenario(name));
    expect(unmet).toEqual([]);
    expect(node).toMatchObject({ name: 'loft', version: '9.0.3', cores: 8, memoryMiB: 15_872, bridges: ['vmbr7'] });
  });
});

describe('a change of the machine is a change of what is rehearsed', () => {
  const up: Scenario = { title: 'up', why: '', journey: [{ up: null }] };

  test('a pool of another name and size, another bridge and node, more memory', async () => {
    const other = withHost({ nodeName: 'nuc', memoryMiB: 262_144, cores: 32, bridge: { ...smallHouse.host.bridge, name: 'vmbr1' } }, withPool({ usableGiB: 3600, arcMaxMiB: 16_384 }));
    const { unmet, node } = await rehearsed(other, up);
    expect(unmet).toEqual([]);
    expect(node).toMatchObject({ name: 'nuc', memoryMiB: 262_144, cores: 32, disks: [{ name: '/' }, { name: 'barn', sizeGiB: 3600 }] });
  });

  test('the owner’s house with the smallest guest of today', async () => {
    const { unmet, playbookCalls } = await rehearsed(withService('cloudflared', { memoryMiB: 256 }, homelab), loadScenario('blank-host'));
    expect(unmet).toEqual([]);
    // G31: from a blank host in one go, every service is configured after those it needs, whichever stack they are in.
    const firstRun = (service: string) => playbookCalls.findIndex((call) => call.includes(`guests/${service}.yml`));
    for (const { name } of homelab.services) expect([name, firstRun(name)]).not.toEqual([name, -1]);
    const early = homelab.services.flatMap(({ name, needs = [] }) => needs.filter((need) => firstRun(need) > firstRun(name)).map((need) => `${name} before ${need}`));
    expect(homelab.services.flatMap(({ needs = [] }) => needs).length).toBeGreaterThan(3);
    expect(early).toEqual([]);
  });
});
