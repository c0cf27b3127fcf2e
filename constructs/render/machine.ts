import type { MachineFacts } from '../core/machine';
import type { Artefact } from './artefact';

/** The machine as `machine.json`: the rehearsal lays it under every scenario. */
export function renderMachine(machine: MachineFacts): Artefact {
  return { path: 'machine.json', content: `${JSON.stringify(machine, null, 2)}\n` };
}
