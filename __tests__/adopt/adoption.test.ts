import fc from 'fast-check';

import { definitionOf } from '../../adopt/write';
import { homelab } from '../../homelab';
import type { Container, Mount } from '../../rehearsal/node/guest';
import { guestList } from '../../rehearsal/node/guest-list';
import type { StackConfig } from '../../rehearsal/flow/stack';
import { judge, type Verdict } from '../../review/judge';
import type { PlanJson } from '../../review/plan-json';
import { cutStack } from '../../state/adopt/cut-stack';
import { deedsOf, requireImportOnly } from '../../state/adopt/gate';
import type { Existing } from '../../state/adopt/existing';
import type { AdoptedGuestProps, HomelabProps } from '../../constructs';
import { emit } from '../helpers/emitted';
import { Lab, succeed, type Resources } from '../rehearsal/fixtures/lab';
import { card, readFrom, running } from './running-house';
import { TWELVE } from './twelve-houses';

jest.setTimeout(10 * 60_000);

/** A house that has nothing yet but the guest that keeps its state. */
const small = { ...homelab, services: homelab.services.filter(({ name }) => name === homelab.state.service) };

/** The same on a machine that takes whatever runs. */
const large: HomelabProps = { ...small, host: { ...small.host, memoryMiB: 400_000, cores: 4096 }, storage: { ...small.storage, pool: { ...small.storage.pool, arcMaxMiB: 20_000 } } };

/** Every write to what is frozen throws: a stand-in that changed the node would fail in the midst of it. */
function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

interface Adopted {
  readonly plan: PlanJson;
  readonly verdict: Verdict;
  /** What a second plan would do. */
  readonly second: readonly string[];
}

/** Brings guests in as `./house state adopt` does, on a node to which nothing can be written. */
async function adopt(containers: readonly Container[], adopted: readonly AdoptedGuestProps[], house: HomelabProps = small): Promise<Adopted> {
  const emitted = emit({ ...house, adopted });
  const { services } = JSON.parse(emitted.text('adopt/manifest.json')) as { services: Existing[] };
  const cut = cutStack({ ...emitted.stack('services') }, new Set(), services) as StackConfig & { resource: Resources; import: object[] };
  const lab = new Lab({ guests: [...containers] }, false);
  try {
    const before = structuredClone(lab.world.node);
    deepFreeze(lab.world.node);
    await lab.define(cut.resource, { import: cut.import });
    const plan = await lab.plan();
    requireImportOnly(plan);
    const permissions = services.map(({ address }) => ({ rule: 'imports-guest', subject: address }));
    const verdict = judge({ plan, host: { guests: guestList(lab.world.node) }, permissions });
    succeed(await lab.apply());
    await lab.define(cut.resource);
    const second = deedsOf(await lab.plan());
    expect(lab.world.node).toEqual(before);
    return { plan, verdict, second };
  } finally {
    lab.close();
  }
}

describe.each(Object.entries(TWELVE))('a house %s', (_what, { containers, files = {}, told = [] }) => {
  test('comes in at the first try, and nothing on it changes', async () => {
    const written = definitionOf(readFrom(containers, files), small, 'all');
    expect(written.told).toHaveLength(told.length);
    told.forEach((form, index) => expect(written.told[index]).toMatch(form));
    expect(written.adopted.length + written.known.length).toBe(containers.length + Object.keys(files).length);
    const { verdict, second } = await adopt(containers, written.adopted);
    expect(verdict.objections).toEqual([]);
    expect(verdict.restarts).toEqual([]);
    expect(second).toEqual([]);
  });
});

const guest = running(201, 'jellyfin', { networks: [card(201, 0, { ip: '192.168.88.60/24', gateway: '192.168.88.1' }), card(201, 1, { settings: { vlan_id: 30 } })] });
const asWritten = definitionOf(readFrom([guest]), small, 'all').adopted;

test.each([
  ['less memory', { memoryMiB: 1024 }, /container 201 \(jellyfin\): memory\[0\]\.dedicated 2048 -> 1024; to keep it: memoryMiB: 2048/],
  ['another name', { hostName: 'plex' }, /initialization\[0\]\.hostname jellyfin -> plex; to keep it: hostName: jellyfin/],
  ['another address', { cards: [{ ...asWritten[0]!.cards[0]!, ipv4: 'dhcp', gateway: undefined }, asWritten[0]!.cards[1]!] }, /ip_config\[0\]\.ipv4\[0\]\.address 192\.168\.88\.60\/24 -> dhcp; to keep it: cards\[0\]\.ipv4/],
  ['another MAC address', { cards: [{ ...asWritten[0]!.cards[0]!, macAddress: 'bc:24:11:ff:ff:ff' }, asWritten[0]!.cards[1]!] }, /network_interface\[0\]\.mac_address .*; to keep it: cards\[0\]\.macAddress/],
  ['one card less', { cards: [asWritten[0]!.cards[0]!] }, /network_interface\[1\]/],
  ['another storage', { rootDisk: { storage: 'tank', sizeGiB: 8 } }, /would be destroyed and made anew: disk\[0\]\.datastore_id local-lvm -> tank; to keep it: rootDisk\.storage: local-lvm/],
  ['no privileges', { unprivileged: false }, /would be destroyed and made anew: unprivileged true -> false; to keep it: unprivileged: true/],
])('a definition with %s is refused with guest, attribute, both values and what keeps the old one', async (_what, patch, words) => {
  const wrong = asWritten.map((props) => ({ ...props, ...patch })) as AdoptedGuestProps[];
  await expect(adopt([guest], wrong)).rejects.toThrow(words);
});

/** Houses on one emulated node, side by side, so that two hundred of them take a few runs of Terraform. */
const BESIDE = 25;

const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,10}$/);
const address = fc.oneof(fc.constant({ ip: 'dhcp' }), fc.constant({ ip: 'manual' }), fc.constant({ ip6: 'auto' }), fc.record({ ip: fc.integer({ min: 2, max: 250 }).map((host) => `10.0.0.${host}/16`), gateway: fc.constantFrom('', '10.0.0.1') }));
const settings = fc.record({ vlan_id: fc.constantFrom(0, 20), firewall: fc.boolean(), mtu: fc.constantFrom(0, 9000), rate_limit: fc.constantFrom(0, 5) });
const anyGuest = fc.record({
  name,
  status: fc.constantFrom('running' as const, 'stopped' as const),
  onboot: fc.boolean(),
  protection: fc.boolean(),
  unprivileged: fc.boolean(),
  cores: fc.integer({ min: 1, max: 8 }),
  memoryMiB: fc.constantFrom(512, 1000, 2048),
  swapMiB: fc.constantFrom(0, 256, 512),
  ostype: fc.constantFrom('debian', 'alpine', 'unmanaged'),
  tags: fc.uniqueArray(fc.constantFrom('media', 'community-script', 'x-1'), { maxLength: 3 }).map((tags) => tags.sort()),
  description: fc.constantFrom('', 'one line\n', 'two\nlines with ${x} and %{y}\n', '<b>100 %</b> & "quoted" \\ \'all\' the way\n'),
  nameserver: fc.constantFrom('', '1.1.1.1', '1.1.1.1 9.9.9.9'),
  searchdomain: fc.constantFrom('', 'lan'),
  features: fc.constantFrom<Record<string, unknown>[]>({}, { nesting: 1 }, { nesting: 1, keyctl: 1 }),
  startup: fc.constantFrom(undefined, { order: 1, up_delay: -1, down_delay: -1 }, { order: 7, up_delay: 5, down_delay: 9 }),
  cpulimit: fc.constantFrom(0, 2),
  storage: fc.constantFrom('tank', 'local-lvm', 'local'),
  sizeGiB: fc.integer({ min: 1, max: 2000 }),
  replicate: fc.boolean(),
  mounts: fc.constantFrom<Mount[][]>([], [{ volume: '/srv/media', size: '', path: '/media', settings: { replicate: true } }]),
  cards: fc.array(fc.tuple(address, settings), { maxLength: 3 }),
});

function containerOf(vmid: number, { startup, cpulimit, storage, sizeGiB, replicate, cards, ...rest }: typeof anyGuest extends fc.Arbitrary<infer Value> ? Value : never): Container {
  const networks = cards.map(([where, more], index) => card(vmid, index, { ...where, ...('ip' in where && where.ip.includes('/') ? { ip: `10.${vmid >> 8}.${vmid & 255}.${index + 2}/8` } : {}), settings: more }));
  return running(vmid, rest.name, { ...rest, rootfs: { volume: `${storage}:vm-${vmid}-disk-0`, size: `${sizeGiB}G`, path: '', settings: { replicate } }, networks, settings: { ...(startup && { startup }), ...(cpulimit ? { cpulimit } : {}) } });
}

test('two hundred random houses come in, and nothing is written to any of them', async () => {
  const houses = fc.sample(fc.array(anyGuest, { minLength: 1, maxLength: 2 }), { seed: 20261127, numRuns: 200 });
  for (let first = 0; first < houses.length; first += BESIDE) {
    const containers = houses.slice(first, first + BESIDE).flatMap((guests, index) => guests.map((one, place) => containerOf(1100 + index * 10 + place, one)));
    const { adopted, told } = definitionOf(readFrom(containers), large, 'all');
    expect(told).toEqual([]);
    const { verdict, second } = await adopt(containers, adopted, large);
    expect({ refused: verdict.objections, restarts: verdict.restarts, second }).toEqual({ refused: [], restarts: [], second: [] });
  }
});
