import { Interrupted } from '../../common/prompt';
import type { Machine } from '../node/machine';
import type { PveNode } from '../node/pve-node';
import { loadStandIns, serveStandIns } from '../provider/serve';
import type { Scenario } from '../scenarios/scenario';
import { Peak, type Capacity } from './capacity';
import { scenarioNode } from './fit';
import type { House } from './house';
import { Journey, type JourneyRecord } from './journey';
import type { Stack } from './stack';
import { checkStacks } from './stack-checks';
import type { Progress } from './stack-run';
import { Terraform } from './terraform';
import type { InstalledTool } from './tool';
import { Workspace } from './workspace';

/** What one rehearsal runs on. */
export interface RehearsalOptions {
  readonly tool: InstalledTool;
  readonly stacks: readonly Stack[];
  /** The machine that the stacks were made for. */
  readonly machine: Machine;
  readonly scenario: Scenario;
  readonly progress: Progress;
  readonly say: (text: string) => void;
  /** A house to go on from and to keep; a new one otherwise, which is forgotten. */
  readonly house?: House;
  /** Keep the folder the tool ran in. */
  readonly keepFolder?: boolean;
  /** Aborted when the user interrupts. */
  readonly signal?: AbortSignal;
}

/** What came of a rehearsal. */
export interface RehearsalResult {
  readonly records: readonly JourneyRecord[];
  /** Everything that did not come as expected; empty when all of it held. */
  readonly unmet: readonly string[];
  /** The node at its end. */
  readonly node: PveNode;
  /** What the house took when it was whole. */
  readonly capacity: Capacity;
  /** How Ansible would have been started: the arguments of each call. */
  readonly playbookCalls: readonly string[];
  /** Files handed over, which stayed in memory. */
  readonly handedOver: number;
  readonly millis: number;
  /** The folder, when it was kept. */
  readonly folder: string | null;
}

/**
 * Rehearses stacks: real Terraform against stand-in providers in this process.
 *
 * @throws Refusal when the stacks or the house cannot be used; nothing was changed then.
 */
export async function rehearse(options: RehearsalOptions): Promise<RehearsalResult> {
  const begin = performance.now();
  const standIns = loadStandIns();
  checkStacks(options.stacks, standIns);
  const world = options.house?.world(options.machine) ?? { node: scenarioNode(options.scenario, options.machine, options.stacks), files: new Map(), made: 0 };
  const workspace = new Workspace(options.stacks);
  try {
    options.house?.open(workspace);
    const served = await serveStandIns(standIns, world);
    const terraform = new Terraform(options.tool, workspace, served.ports, world.node.tokens[0]);
    try {
      const peak = new Peak(world);
      const journey = new Journey({
        workspace,
        terraform,
        world,
        say: options.say,
        progress: (stack, phase, millis) => {
          peak.look();
          options.progress(stack, phase, millis);
        },
      });
      const records = await Promise.race([journey.make(options.scenario), interruption(terraform, options.signal)]);
      const unmet = records.flatMap((record) => record.unmet);
      if (unmet.length === 0) options.house?.keep(workspace, world);
      return {
        records,
        unmet,
        node: world.node,
        capacity: peak.capacity,
        playbookCalls: workspace.playbookCalls(),
        handedOver: peak.files,
        millis: performance.now() - begin,
        folder: options.keepFolder ? workspace.folder : null,
      };
    } finally {
      served.close();
    }
  } finally {
    if (!options.keepFolder) workspace.remove();
  }
}

/** Never resolves; rejects when the user interrupts, after the tool has ended. */
function interruption(terraform: Terraform, signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, fail) => {
    const stop = (): void => void terraform.interrupt().then(() => fail(new Interrupted('interrupted')));
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
}
