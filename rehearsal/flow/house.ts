import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blankNode, moveOnto } from '../node/load-node';
import type { Machine } from '../node/machine';
import type { PveNode } from '../node/pve-node';
import type { World } from '../provider/world';
import { Refusal } from '../../common/refusal';
import { replaceFile } from '../../common/replace-file';
import type { Stack } from './stack';
import type { Workspace } from './workspace';

/** What is kept of a world, besides the states. */
interface KeptWorld {
  readonly node: PveNode;
  readonly files: readonly (readonly [string, string])[];
  readonly made: number;
}

/**
 * A rehearsed house in a folder: the node and the states of its stacks, so that the next change can be rehearsed on
 * top of it. It is written whole, after a rehearsal in which everything held, and never in part.
 */
export class House {
  constructor(private readonly folder: string) {}

  /**
   * The kept world on the machine as it is defined now; a blank one when there is no house yet.
   *
   * @throws Refusal when the file is damaged.
   */
  world(machine: Machine): World {
    if (!existsSync(this.worldFile)) return { node: blankNode(machine), files: new Map(), made: 0 };
    const kept = this.readJson(this.worldFile) as KeptWorld;
    return { node: moveOnto(machine, kept.node), files: new Map(kept.files), made: kept.made };
  }

  /**
   * Puts copies of the kept states into a workspace.
   *
   * @throws Refusal when a state is damaged.
   */
  open(workspace: Workspace): void {
    for (const stack of workspace.stacks) {
      const kept = this.stateFile(stack);
      if (!existsSync(kept)) continue;
      const state = this.readJson(kept) as { version?: number; lineage?: string; } | null;
      if (typeof state?.version !== 'number' || typeof state.lineage !== 'string') {
        throw this.damaged(kept, 'it has no version and lineage');
      }
      copyFileSync(kept, workspace.stateFile(stack));
    }
  }

  /** Keeps the states and the world, each file replaced whole. */
  keep(workspace: Workspace, world: World): void {
    mkdirSync(this.folder, { recursive: true });
    for (const stack of workspace.stacks) {
      const state = workspace.stateFile(stack);
      if (existsSync(state)) replaceFile(this.stateFile(stack), readFileSync(state, 'utf8'));
    }
    const kept: KeptWorld = { node: world.node, files: [...world.files], made: world.made };
    replaceFile(this.worldFile, `${JSON.stringify(kept, null, 1)}\n`);
  }

  private get worldFile(): string {
    return join(this.folder, 'world.json');
  }

  private stateFile(stack: Stack): string {
    return join(this.folder, `${stack.name}.tfstate`);
  }

  private readJson(path: string): unknown {
    try {
      return JSON.parse(readFileSync(path, 'utf8'));
    } catch (error) {
      throw this.damaged(path, (error as Error).message);
    }
  }

  private damaged(path: string, reason: string): Refusal {
    return new Refusal(
      `${path} is damaged: ${reason}; nothing was changed`,
      `restore it from a copy, or rehearse a new house in another folder than ${this.folder}`
    );
  }
}
