import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parse } from 'yaml';

import { playRole } from '../../../drill/containers/ansible';
import { whyNoContainers } from '../../../drill/containers/image';
import { homelab } from '../../../homelab';
import { emit } from '../../helpers/emitted';
import { describeInContainer, expectSuccess, TEST_MS } from './with-containers';
import { Network } from './network';

const ROOT = join(__dirname, '../../..');
const HOST = '192.168.88.10';
const LAPTOP = '192.168.88.50';
const STRANGER = '192.168.88.66';
const PEOPLE = '192.168.88.51';

/** The rules of each guest, as Ansible's own template engine fills them in. */
function rulesOf(house: typeof homelab): Map<string, string> {
  const { files } = emit(house);
  const read = (path: string) => parse(files.get(`ansible/${path}`)!) as Record<string, unknown>;
  const guests = house.services.map(({ name, address }) => ({ address, variables: { ansible_managed: 'test', ...read('inventories/group_vars/guests.yml'), ...read(`inventories/host_vars/${name}.yml`) } }));
  const program = `
import json, sys, jinja2
template = jinja2.Environment(trim_blocks=True).from_string(open(sys.argv[1]).read())
print(json.dumps([template.render(**guest['variables']) for guest in json.load(sys.stdin)]))`;
  const python = join(ROOT, '.tools/python/bin/python');
  const texts = JSON.parse(execFileSync(python, ['-c', program, join(ROOT, 'ansible/roles/guest_walls/templates/walls.nft.j2')], { input: JSON.stringify(guests), encoding: 'utf8' })) as string[];
  return new Map(guests.map(({ address }, index) => [address, texts[index]!]));
}

const service = (name: string) => homelab.services.find((each) => each.name === name)!;
const at = (name: string, ...ports: number[]) => ports.map((port) => `${service(name).address}:${port}`);

const why = whyNoContainers();
if (why) console.warn(`SKIPPED: the walls of a house were not tried: ${why}`);

(why ? describe.skip : describe)('the walls of a house whose owner works from one address', () => {
  const house = {
    ...homelab,
    host: { ...homelab.host, adminAddresses: [LAPTOP] },
    known: [{ vmId: 900, name: 'stranger', kind: 'container' as const, addresses: [STRANGER], cores: 1, memoryMiB: 64 }],
  };
  const SECRET = 4444;
  const portsOf = (each: (typeof homelab.services)[number]) => [...new Set([22, 9100, SECRET, ...each.ports.map(({ port }) => port), ...(each.metrics ? [each.metrics.port] : [])])];
  const targets = homelab.services.flatMap((each) => portsOf(each).map((port) => [each.address, port] as const));
  let network: Network;

  beforeAll(async () => {
    network = new Network();
    for (const each of homelab.services) await network.add(each.address, 24, portsOf(each));
    for (const address of [HOST, LAPTOP, STRANGER, PEOPLE]) await network.add(address, 24, []);
    for (const [address, rules] of rulesOf(house)) network.load(address, rules);
  }, TEST_MS);
  afterAll(() => network?.stop());

  const others = (from: string) => targets.filter(([address]) => address !== from);

  test('a guest reaches what it needs, and no other port of any guest', () => {
    const reaches = { n8n: at('postgresql', 5432), 'paperless-ngx': at('postgresql', 5432), gitea: at('postgresql', 5432), grafana: at('prometheus', 9090), jenkins: at('gitea', 22, 3000), cloudflared: [], trilium: [], mongodb: [] };
    for (const [name, expected] of Object.entries(reaches)) {
      const from = service(name).address;
      expect({ name, reached: network.reached(from, others(from)) }).toEqual({ name, reached: [...expected].sort() });
    }
  }, TEST_MS);

  test('Prometheus reaches the exporters, the metrics and the health question of each, and nothing else', () => {
    const from = service('prometheus').address;
    const expected = others(from).filter(([address, port]) => port === 9100 || homelab.services.some((each) => each.address === address && (each.metrics?.port === port || (each.health.kind !== 'command' && each.health.port === port))));
    expect(network.reached(from, others(from))).toEqual(expected.map(([address, port]) => `${address}:${port}`).sort());
  }, TEST_MS);

  test('a guest that the house does not manage reaches nothing', () => expect(network.reached(STRANGER, targets)).toEqual([]), TEST_MS);

  test('the owner reaches SSH and every declared port, the host everything', () => {
    expect(network.reached(LAPTOP, targets)).toEqual(targets.filter(([, port]) => port !== SECRET).map(([address, port]) => `${address}:${port}`).sort());
    expect(network.reached(HOST, targets)).toHaveLength(targets.length);
  }, TEST_MS);

  test('other people in the network open web interfaces, and neither SSH nor a database', () => {
    const reached = network.reached(PEOPLE, targets);
    expect(reached).toEqual(expect.arrayContaining([...at('n8n', 5678), ...at('gitea', 3000), ...at('paperless-ngx', 8000)]));
    expect(reached.filter((each) => /:(22|5432|27017|9100|9000|4444)$/.test(each))).toEqual([]);
  }, TEST_MS);

  test('the same after the rules were loaded once more, as after a restart', () => {
    for (const [address, rules] of rulesOf(house)) network.load(address, rules);
    const from = service('n8n').address;
    expect(network.reached(from, others(from))).toEqual(at('postgresql', 5432));
  }, TEST_MS);
});

describeInContainer('role guest_walls', (container) => {
  const variables = { guest_walls_admins: ['0.0.0.0/0'], guest_walls_declared: [8080], guest_walls_guests: ['203.0.113.9'], guest_walls_rollback_sec: 20 };
  const play = (more: Readonly<Record<string, unknown>> = {}, check = false) => playRole(container(), 'guest_walls', { variables: { ...variables, ...more }, check, transport: 'ssh' });
  const table = () => container().run('nft list table inet homelab_walls').stdout;

  test('puts walls up, and the owner stays in', () => {
    expectSuccess(play());
    expect(table()).toContain('policy drop');
    expect(table()).toContain('tcp dport { 22, 8080 } accept comment "the owner"');
    expect(container().run('systemctl is-enabled guest-walls').stdout).toBe('enabled');
  }, TEST_MS);

  test.each([['changes nothing the second time', false], ['is clean in check mode', true]])('%s', (_what, check) => {
    const result = play({}, check);
    expectSuccess(result);
    expect(result.changed).toEqual([]);
  }, TEST_MS);

  test('refuses walls without a door for the owner, before anything is changed', () => {
    const before = table();
    const result = play({ guest_walls_admins: [] });
    expect(result.failed.join()).toContain('nobody could log in any more');
    expect(table()).toBe(before);
  }, TEST_MS);

  test('walls that shut the owner out fall by themselves', async () => {
    const before = table();
    // Which of the two sees it depends on whether the timer is quicker than the last try to connect.
    expect(play({ guest_walls_admins: ['203.0.113.1'] }).failed.join()).toMatch(/Come back over a new connection|Keep the new walls/);
    const until = Date.now() + 120_000;
    while (table() !== before) {
      if (Date.now() > until) throw new Error(`the old walls did not come back:\n${table()}`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    expectSuccess(play());
  }, TEST_MS);
}, 'guest');
