import { rehearse } from '../../../rehearsal/flow/rehearsal';
import { loadScenario } from '../../../rehearsal/scenarios/load-scenario';
import { houseWithMachines } from '../../helpers/house-with-machines';
import { synthesized } from '../fixtures/synthesized';
import { anyTool } from '../fixtures/tools';

test('a house with containers, clones and a machine of its own image comes up, is clean, and goes', async () => {
  const { stacks, machine, remove } = synthesized(houseWithMachines);
  try {
    const { unmet } = await rehearse({ tool: anyTool(), stacks, machine, scenario: loadScenario('blank-host'), progress: () => undefined, say: () => undefined });
    expect(unmet).toEqual([]);
  } finally {
    remove();
  }
}, 180_000);
