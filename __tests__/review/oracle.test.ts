import fc from 'fast-check';
import type { ListedGuest } from '../../review/host';
import { judge } from '../../review/judge';
import { parsePlan } from '../../review/parse-plan';
import type { PlanJson, ResourceChange } from '../../review/plan-json';

/**
 * A node as simply as it can be told, and what Terraform would make of it. Nothing here is taken from the judge: the
 * oracle compares the node before with the node after, the judge sees only the plan.
 */
interface Disk {
  readonly id: string;
  readonly path: string;
  readonly gib: number;
  readonly storage: string;
}

interface Guest {
  readonly vmid: number;
  readonly kind: 'lxc' | 'qemu';
  readonly name: string;
  readonly mac: string;
  readonly address: string;
  readonly os: string;
  readonly running: boolean;
  readonly protected: boolean;
  readonly memory: number;
  /** The first is the root disk. */
  readonly disks: readonly Disk[];
  /** The address it has in the state, null for a guest that Terraform does not know. */
  readonly owner: string | null;
}

/** What a definition asks for under one address; a null VMID lets the node choose. */
interface Wanted extends Omit<Guest, 'vmid' | 'owner'> {
  readonly vmid: number | null;
  readonly privileged: boolean;
}

type Definition = ReadonlyMap<string, Wanted>;

const TYPES = { lxc: 'proxmox_virtual_environment_container', qemu: 'proxmox_virtual_environment_vm' } as const;

/** Values of a guest in the form of the provider. */
function values(guest: Guest | Wanted): Record<string, unknown> {
  const shared = { ...(guest.vmid !== null && { vm_id: guest.vmid }), started: guest.running, protection: guest.protected, memory: [{ dedicated: guest.memory }], operating_system: [{ type: guest.os }] };
  const ip_config = [{ ipv4: [{ address: guest.address }] }];
  const nic = { bridge: 'vmbr0', mac_address: guest.mac };
  if (guest.kind === 'qemu') {
    const disk = guest.disks.map(({ id, path, gib, storage }) => ({ interface: path, size: gib, datastore_id: storage, path_in_datastore: id }));
    return { ...shared, name: guest.name, initialization: [{ ip_config }], network_device: [nic], disk };
  }
  const [root, ...mounts] = guest.disks;
  return {
    ...shared,
    unprivileged: !('privileged' in guest && guest.privileged),
    initialization: [{ hostname: guest.name, ip_config }],
    network_interface: [{ name: 'eth0', ...nic }],
    disk: root ? [{ datastore_id: root.storage, size: root.gib, path_in_datastore: root.id }] : [],
    mount_point: mounts.map(({ id, path, gib, storage }) => ({ path, size: `${gib}G`, volume: `${storage}:${id}` })),
  };
}

/** The plan that brings a node to a definition, as Terraform makes it. */
function planFor(node: readonly Guest[], wanted: Definition): PlanJson {
  const known = new Map(node.flatMap((guest) => (guest.owner === null ? [] : [[guest.owner, guest] as const])));
  const addresses = [...new Set([...known.keys(), ...wanted.keys()])];
  const changes = addresses.flatMap((address): ResourceChange[] => {
    const [was, is] = [known.get(address), wanted.get(address)];
    const type = TYPES[(is ?? was)!.kind];
    const entry = (actions: string[], unknown: object = {}): ResourceChange => ({
      address,
      type,
      name: address.split('.')[1],
      mode: 'managed',
      change: { actions, before: was ? values(was) : null, after: is ? values(is) : null, after_unknown: unknown },
    });
    if (!was) return [entry(['create'], is!.vmid === null ? { vm_id: true } : {})];
    if (!is) return [entry(['delete'])];
    if (isMadeAnew(was, is)) return [entry(['delete', 'create'], is.vmid === null ? { vm_id: true } : {})];
    return [entry([JSON.stringify(values(was)) === JSON.stringify(values(is)) ? 'no-op' : 'update'])];
  });
  const resources = [...known.entries()].map(([address, guest]) => ({ address, mode: 'managed', type: TYPES[guest.kind], values: values(guest) }));
  return { format_version: '1.2', planned_values: {}, prior_state: { values: { root_module: { resources } } }, resource_changes: changes };
}

/** What forces the provider to make a guest anew. */
const isMadeAnew = (was: Guest, is: Wanted): boolean => is.vmid !== was.vmid || is.privileged;

/** The node after an apply; a guest that is made on a taken VMID takes it over, as the real provider does. */
function applied(node: readonly Guest[], wanted: Definition): { after: Guest[]; adopted: number[]; remade: Set<string> } {
  const remade = new Set(node.filter(({ owner }) => owner !== null && wanted.has(owner) && isMadeAnew(node.find((guest) => guest.owner === owner)!, wanted.get(owner)!)).map(({ owner }) => owner!));
  const stays = node.filter(({ owner }) => owner === null || (wanted.has(owner) && !remade.has(owner)));
  const after = stays.map((guest) => (guest.owner === null ? guest : { ...wanted.get(guest.owner)!, vmid: guest.vmid, owner: guest.owner }));
  const adopted: number[] = [];
  const before = new Map(node.map((guest) => [guest.vmid, guest]));
  for (const [owner, guest] of wanted) {
    if (stays.some((other) => other.owner === owner)) continue;
    // Nobody knows what the node would choose, so that the worst is taken: a number that is in use.
    const vmid = guest.vmid ?? node[0]?.vmid ?? 999;
    const there = before.get(vmid);
    if ((there && there.owner !== owner) || after.some((other) => other.vmid === vmid)) adopted.push(vmid);
    after.push({ ...guest, vmid, owner });
  }
  return { after, adopted, remade };
}

/** What the node would have lost, in words; it looks at nothing but the two nodes. */
function losses(node: readonly Guest[], { after, adopted, remade }: ReturnType<typeof applied>): string[] {
  const lost = adopted.map((vmid) => `${vmid} is taken over`);
  for (const was of node) {
    const is = after.find(({ vmid, owner }) => vmid === was.vmid && owner === was.owner);
    if (!is || (was.owner !== null && remade.has(was.owner))) {
      lost.push(`${was.vmid} is gone`);
      continue;
    }
    if (was.running && !is.running) lost.push(`${was.vmid} is stopped`);
    if (was.protected && !is.protected) lost.push(`${was.vmid} is unprotected`);
    if (was.mac !== is.mac || was.address !== is.address) lost.push(`${was.vmid} is elsewhere in the network`);
    if (was.os !== is.os) lost.push(`${was.vmid} does not start again`);
    for (const disk of was.disks) {
      const still = is.disks.find(({ id, path, storage }) => id === disk.id && path === disk.path && storage === disk.storage);
      if (!still) lost.push(`${was.vmid} has lost ${disk.id}`);
      else if (still.gib < disk.gib) lost.push(`${was.vmid} has less of ${disk.id}`);
    }
  }
  return lost;
}

const VMIDS = [100, 101, 102, 103, 104, 105];
const NAMES = ['n8n', 'gitea', 'grafana', 'minio'];
const mac = (of: number): string => `BC:24:11:00:00:${of}`;

const guests = fc.uniqueArray(fc.constantFrom(...VMIDS), { minLength: 1, maxLength: 4 }).chain((vmids) =>
  fc.tuple(
    ...vmids.map((vmid, index) =>
      fc
        .record({ kind: fc.constantFrom('lxc' as const, 'qemu' as const), running: fc.boolean(), isProtected: fc.boolean(), isKnown: fc.integer({ max: 4, min: 0 }), mounts: fc.integer({ min: 0, max: 2 }) })
        .map(({ kind, running, isProtected, isKnown, mounts }): Guest => ({
          vmid,
          kind,
          name: NAMES[index],
          mac: mac(vmid),
          address: `192.0.2.${vmid}/24`,
          os: 'debian',
          running,
          protected: isProtected,
          memory: 512,
          disks: Array.from({ length: mounts + 1 }, (_, slot) => ({ id: `disk-${vmid}-${slot}`, path: kind === 'lxc' ? `/mnt/${slot}` : `scsi${slot}`, gib: 8, storage: 'tank' })),
          owner: isKnown > 0 ? `${TYPES[kind]}.${NAMES[index]}` : null,
        })),
    ),
  ),
);

/** One thing that somebody edits; most leave the guest whole. */
const EDITS: Readonly<Record<string, (guest: Wanted, number: number) => Wanted | null>> = {
  memory: (guest, number) => ({ ...guest, memory: 256 * (1 + number) }),
  grow: (guest) => ({ ...guest, disks: guest.disks.map((disk) => ({ ...disk, gib: disk.gib + 1 })) }),
  more: (guest) => ({ ...guest, disks: [...guest.disks, { id: 'disk-new', path: guest.kind === 'lxc' ? '/mnt/new' : 'scsi9', gib: 4, storage: 'tank' }] }),
  start: (guest) => ({ ...guest, running: true }),
  protect: (guest) => ({ ...guest, protected: true }),
  rename: (guest) => ({ ...guest, name: `${guest.name}-new` }),
  remove: () => null,
  stop: (guest) => ({ ...guest, running: false }),
  unprotect: (guest) => ({ ...guest, protected: false }),
  privileged: (guest) => ({ ...guest, privileged: true }),
  vmid: (guest, number) => ({ ...guest, vmid: VMIDS[number % VMIDS.length] }),
  anyVmid: (guest) => ({ ...guest, vmid: null }),
  mac: (guest) => ({ ...guest, mac: mac(99) }),
  address: (guest) => ({ ...guest, address: 'dhcp' }),
  os: (guest) => ({ ...guest, os: 'ubuntu' }),
  shrink: (guest, number) => ({ ...guest, disks: guest.disks.map((disk, index) => (index === number % guest.disks.length ? { ...disk, gib: 4 } : disk)) }),
  less: (guest) => ({ ...guest, disks: guest.disks.slice(0, -1) }),
  another: (guest) => ({ ...guest, disks: guest.disks.map((disk) => ({ ...disk, id: `${disk.id}-new` })) }),
  elsewhere: (guest, number) => ({ ...guest, disks: guest.disks.map((disk, index) => (index === number % guest.disks.length ? { ...disk, storage: 'local' } : disk)) }),
  swap: (guest) => ({ ...guest, disks: guest.disks.map((disk, index, all) => ({ ...disk, path: all[(index + 1) % all.length].path })) }),
};

const edit = fc.record({ name: fc.constantFrom(...Object.keys(EDITS)), on: fc.nat(3), number: fc.nat(9) });
const added = fc.option(fc.record({ vmid: fc.option(fc.constantFrom(...VMIDS), { nil: null, freq: 9 }), name: fc.constantFrom('vikunja', 'n8n-new') }), { nil: null });
const pair = fc.record({ node: guests, edits: fc.array(edit, { maxLength: 2 }), added });

function definitionFrom({ node, edits, added: fresh }: { node: readonly Guest[]; edits: readonly { name: string; on: number; number: number }[]; added: { vmid: number | null; name: string } | null }): Definition {
  const wanted = new Map<string, Wanted>(node.flatMap((guest) => (guest.owner === null ? [] : [[guest.owner, { ...guest, privileged: false }] as const])));
  for (const { name, on, number } of edits) {
    const address = [...wanted.keys()][on];
    const guest = address === undefined ? undefined : wanted.get(address);
    if (!address || !guest) continue;
    const edited = EDITS[name](guest, number);
    if (edited) wanted.set(address, edited);
    else wanted.delete(address);
  }
  if (fresh) {
    const disks = [{ id: 'disk-fresh', path: '/mnt/0', gib: 8, storage: 'tank' }];
    wanted.set(`${TYPES.lxc}.${fresh.name}`, { vmid: fresh.vmid, kind: 'lxc', name: fresh.name, mac: mac(88), address: 'dhcp', os: 'debian', running: true, protected: false, memory: 512, privileged: false, disks });
  }
  return wanted;
}

test('no plan that passes unasked loses, stops, moves, adopts or unprotects a guest; one that loses nothing passes', () => {
  const seen = { passed: 0, refused: 0 };
  fc.assert(
    fc.property(pair, (drawn) => {
      const wanted = definitionFrom(drawn);
      const plan = parsePlan(JSON.stringify(planFor(drawn.node, wanted)));
      const list = drawn.node.map(({ vmid, kind, name, running }): ListedGuest => ({ vmid, type: kind, name, status: running ? 'running' : 'stopped' }));
      const { objections } = judge({ plan, host: { guests: list }, restarts: 99 });
      const lost = losses(drawn.node, applied(drawn.node, wanted));
      seen[objections.length === 0 ? 'passed' : 'refused'] += 1;
      expect({ lost, passes: objections.length === 0, why: objections.map(({ rule }) => rule) }).toMatchObject({ passes: lost.length === 0 });
    }),
    { seed: 9, numRuns: 1500 },
  );
  // Both happen often enough to mean something.
  expect(seen.passed).toBeGreaterThan(300);
  expect(seen.refused).toBeGreaterThan(300);
});
