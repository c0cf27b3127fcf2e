import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { homelab } from '../../homelab';
import { nodeExporterPort } from '../../constructs/core/setting';
import { roleOf } from '../../constructs/service/service-props';
import { mismatches, optionsOf, type Options } from '../helpers/argument-spec';
import { emit } from '../helpers/emitted';
import { root } from '../helpers/run-synth';

/** One role run on one machine, with every variable that it sees. */
interface Run {
  readonly host: string;
  readonly role: string;
  readonly entryPoint: string;
  /** Variables of this run only. */
  readonly own: Readonly<Record<string, unknown>>;
  readonly options: Options;
}

const emitted = emit(homelab);
const hosts = [homelab.host.nodeName, ...homelab.services.map(({ name }) => name)];
const variables = new Map(hosts.map((host) => [host, (emitted.ansible(`inventories/host_vars/${host}.yml`) ?? {}) as Record<string, unknown>]));
const runs = [...emitted.files.keys()].filter((path) => /^ansible\/playbooks\/(metal|guests\/.*)\.yml$/.test(path)).flatMap(runsOf);

test.each(readdirSync(join(root, 'ansible/roles')))('the role %s declares its arguments', (role) => {
  expect(optionsOf(role)).toBeDefined();
});

describe.each(hosts)('%s', (host) => {
  const mine = runs.filter((run) => run.host === host);

  test.each(Object.entries(variables.get(host)!))('has %s, which one of its roles declares and of that type', (name, value) => {
    const declared = mine.filter((run) => name in run.options);
    expect(declared.map(({ role }) => role)).not.toEqual([]);
    expect(declared.flatMap((run) => mismatches(name, value, run.options[name]))).toEqual([]);
  });
});

describe.each(runs)('$role ($entryPoint) on $host', ({ host, own, options }) => {
  test('is given only what it declares, of the declared type', () => {
    const found = Object.entries(own).flatMap(([name, value]) => (options[name] ? mismatches(name, value, options[name]) : [`${name} is not declared`]));
    expect(found).toEqual([]);
  });

  test('is given everything it requires', () => {
    const required = Object.keys(options).filter((name) => options[name].required);
    const given = new Set([...Object.keys(variables.get(host)!), ...Object.keys(own)]);
    expect(required.filter((name) => !given.has(name))).toEqual([]);
  });
});

test.each(homelab.services)('$name serves every port that its definition declares', (service) => {
  const options = optionsOf(roleOf(service));
  const given = variables.get(service.name)!;
  const served = Object.keys(options).filter((name) => /_port$/.test(name)).map((name) => given[name] ?? options[name].default);
  for (const { port } of service.ports) expect(served).toContain(port);
});

test('every machine is scraped where its node exporter listens', () => {
  const { default: port } = optionsOf('node_exporter')['node_exporter_port'];
  expect(nodeExporterPort).toBe(port);
  const rules = variables.get(homelab.host.nodeName)!['pve_init_firewall_rules'] as { name: string; dport: string }[];
  expect(rules.find(({ name }) => name === 'node-exporter')?.dport).toBe(String(port));
});

test.each(homelab.services)('every version that $name installs is named in its definition', (service) => {
  const pins = Object.keys(optionsOf(roleOf(service))).filter((name) => /_(version|sha256|published_before)$/.test(name));
  expect(pins.filter((name) => !(name in variables.get(service.name)!))).toEqual([]);
});

test.each(homelab.services)('$name listens where its definition says', (service) => {
  const role = roleOf(service);
  const options = optionsOf(role);
  const given = variables.get(service.name)!;
  const listening = Object.keys(options).filter((name) => name === `${role}_port`).map((name) => given[name] ?? options[name].default);
  for (const port of listening) expect(service.ports.map((declared) => declared.port)).toContain(port);
});

function runsOf(path: string): Run[] {
  const plays = emitted.ansible(path.slice('ansible/'.length)) as { hosts: string; tasks: Record<string, Record<string, string>>[] }[];
  return plays.flatMap((play) =>
    play.tasks.map((task) => {
      const { name: role, tasks_from: entryPoint = 'main' } = task['ansible.builtin.import_role'];
      return { host: play.hosts, role, entryPoint, own: task['vars'] ?? {}, options: optionsOf(role, entryPoint) };
    }),
  );
}
