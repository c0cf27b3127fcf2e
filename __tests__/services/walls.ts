import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Answer } from '../../care/health/answer';
import type { CareManifest } from '../../care/manifest';
import { playRole, type PlayResult } from '../../drill/containers/ansible';
import type { Container } from '../../drill/containers/container';
import { homelab } from '../../homelab';
import { emit } from '../helpers/emitted';

const emitted = emit(homelab);

/** Runs the role guest_walls over ssh with what synth emits for a service. */
export function raiseWalls(container: Container, name: string): PlayResult {
  const variables = { ...emitted.ansible('inventories/group_vars/guests.yml'), ...emitted.ansible(`inventories/host_vars/${name}.yml`) } as Record<string, unknown>;
  const own = Object.entries(variables).filter(([key]) => key.startsWith('guest_walls_'));
  return playRole(container, 'guest_walls', { variables: Object.fromEntries(own), transport: 'ssh' });
}

/** Asks a service's health question with the program of `./house health`, at the owner's end of the wire. */
export function healthFromOutside(container: Container, name: string): Answer {
  const { guests } = JSON.parse(emitted.text('care/manifest.json')) as CareManifest;
  const [command, args] = container.atTester([process.execPath, '--import', 'tsx', join(__dirname, 'ask-health.ts'), JSON.stringify(guests.filter((guest) => guest.name === name))]);
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (!stdout) throw new Error(`the question could not be asked: ${stderr}`);
  return (JSON.parse(stdout) as [Answer])[0];
}

/** Whether a machine with another address on the container's wire reaches one of its ports. */
export function reaches(container: Container, from: string, to: string, port: number): boolean {
  spawnSync('ip', ['-n', container.namespace, 'address', 'add', `${from}/32`, 'dev', 'wire0']);
  const connect = `import socket; socket.create_connection(("${to}", ${port}), 3, ("${from}", 0))`;
  const [command, args] = container.atTester(['python3', '-c', connect]);
  return spawnSync(command, args).status === 0;
}
