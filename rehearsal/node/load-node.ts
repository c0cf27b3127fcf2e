import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'yaml';
import type { Machine } from './machine';
import type { Disk, PveNode, Storage } from './pve-node';

const BLANK_NODE = resolve(__dirname, 'blank-node.yaml');

/** GiB that the operating system takes of the root file system. */
const SYSTEM_GIB = 6;

/** Parts of a node that a house's machine decides. */
export const MACHINE_PARTS = ['name', 'version', 'cores', 'memoryMiB', 'bridges', 'disks'] as const;

/** A freshly installed node on a house's machine; every call gives one of its own. */
export function blankNode(machine: Machine): PveNode {
  const node = installed();
  const [local] = node.storages;
  for (const token of node.tokens) {
    token.id = `${machine.token.user}!${token.id}`;
    token.privileges = [...machine.token.privileges];
  }
  const known = knownStorages(machine, local);
  const others = machine.imageStorages.filter((id) => id !== local.id && !known.some((storage) => storage.id === id));
  return {
    ...node,
    storages: [local, ...others.map((id): Storage => ({ ...local, id, location: `/mnt/pve/${id}` })), ...known],
    ...machineParts(machine, []),
  };
}

/** Storages that the machine has already; whatever is no pool of ZFS is a folder here. */
const knownStorages = ({ storages = [] }: Machine, like: Storage): Storage[] =>
  storages
    .filter(({ id }) => id !== like.id)
    .map(({ id, type, content }) => ({
      ...like,
      id,
      type: type === 'zfspool' ? 'zfspool' : 'dir',
      location: type === 'zfspool' ? id : `/mnt/pve/${id}`,
      content: [...content],
    }));

/**
 * Puts a node that lived on onto the machine as it is now: other memory, more disks. Its name stays, as it does on a
 * real machine, and so does what fills its disks.
 */
export function moveOnto(machine: Machine, node: PveNode): PveNode {
  const known = knownStorages(machine, installed().storages[0]).filter(({ id }) => !node.storages.some((storage) => storage.id === id));
  return { ...node, storages: [...node.storages, ...known], ...machineParts(machine, node.disks), name: node.name };
}

/** Names of all parts of a node. */
export const nodeParts = (): string[] => [...MACHINE_PARTS, ...Object.keys(installed())];

type MachineParts = Pick<PveNode, (typeof MACHINE_PARTS)[number]>;

function machineParts({ name, version, cores, memoryMiB, bridges, rootGiB, pools, storages = [] }: Machine, before: readonly Disk[]): MachineParts {
  const root: Disk = { name: '/', kind: 'filesystem', sizeGiB: rootGiB, usedGiB: SYSTEM_GIB };
  const disks = [
    root,
    ...pools.map((pool): Disk => ({ name: pool.name, kind: 'zpool', sizeGiB: pool.usableGiB, usedGiB: 0 })),
    ...storages.filter(({ id }) => id !== 'local').map(({ id, type, sizeGiB }): Disk =>
      type === 'zfspool' ? { name: id, kind: 'zpool', sizeGiB, usedGiB: 0 } : { name: `/mnt/pve/${id}`, kind: 'filesystem', sizeGiB, usedGiB: 0 }
    ),
  ];
  const used = (disk: Disk): number => before.find((known) => known.name === disk.name)?.usedGiB ?? disk.usedGiB;
  return { name, version, cores, memoryMiB, bridges: [...bridges], disks: disks.map((disk) => ({ ...disk, usedGiB: used(disk) })) };
}

type Installed = Omit<PveNode, keyof MachineParts>;

const installed = (): Installed => parse(readFileSync(BLANK_NODE, 'utf8')) as Installed;
