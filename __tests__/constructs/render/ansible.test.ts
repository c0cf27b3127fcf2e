import { App } from 'cdktf';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { AnsibleHost, AnsiblePlay } from '../../../constructs/core/ansible';
import type { Plain } from '../../../constructs/core/setting';
import { renderAnsible } from '../../../constructs/render/ansible';

const app = new App({ outdir: join(tmpdir(), 'never-written'), stackTraces: false });

/** Values that another reading of YAML turns into something else. */
const treacherous = {
  norway: 'no', on: 'on', yes: 'yes', tilde: '~', null: 'null', octal: '0755', time: '12:30', sexagesimal: '1:30:00', date: '2026-03-18',
  version: '1.10', exponent: '1e3', hex: '0x1f', infinity: '.inf', empty: '', space: ' padded ', colon: 'a: b', hash: 'a #b', dash: '- a',
  quote: `it's "so"`, percent: '%a', at: '@a', backtick: '`a`', star: '*a', anchor: '&a', brace: '{{ homelab_secrets.key }}', lines: 'a\nb\n',
  tab: 'a\tb', unicode: 'zażółć — ☂', long: 'x'.repeat(300), merge: '<<', equals: '=',
};

new AnsibleHost(app, 'metal', { hostName: 'loft', address: '10.61.4.5', layer: 'metal', variables: {} });
new AnsibleHost(app, 'cache', { hostName: 'valkey', address: '10.61.5.22', layer: 'platform', variables: treacherous as Record<string, Plain> });
new AnsiblePlay(app, 'p1', { playbook: 'metal', layer: 'metal', title: 'Bring loft up', hostName: 'loft', roles: [{ role: 'pve-init' }] });
new AnsiblePlay(app, 'p2', {
  playbook: 'guests/valkey', layer: 'platform', title: 'Attach to valkey', hostName: 'loft', gatherFacts: false,
  roles: [{ role: 'guest_attach', tasksFrom: 'guest', variables: { guest_attach_pool: 'barn' } }],
});
new AnsiblePlay(app, 'p3', { playbook: 'guests/valkey', layer: 'platform', title: 'Install valkey', hostName: 'valkey', roles: [{ role: 'valkey' }] });

const files = new Map(renderAnsible(app).map(({ path, content }) => [path, content]));
const yaml = (path: string): unknown => parse(files.get(`ansible/${path}`)!, { version: '1.1' });

test('every machine stands in the group of its layer', () => {
  expect(yaml('inventories/prod.yml')).toEqual({
    all: {
      children: {
        metal: { hosts: { loft: { ansible_host: '10.61.4.5' } } },
        guests: { children: { platform: { hosts: { valkey: { ansible_host: '10.61.5.22' } } }, apps: { hosts: {} } } },
      },
    },
  });
});

test.each(Object.entries(treacherous))('the text %s is read back as the text it was, by YAML 1.1 and 1.2', (name, value) => {
  const text = files.get('ansible/inventories/host_vars/valkey.yml')!;
  for (const version of ['1.1', '1.2'] as const) expect((parse(text, { version }) as Record<string, unknown>)[name]).toBe(value);
});

test('site.yml runs the layers from the bottom up', () => {
  expect(yaml('site.yml')).toEqual(
    ['metal', 'platform', 'apps'].map((layer) => ({ name: expect.any(String), 'ansible.builtin.import_playbook': `playbooks/${layer}.yml` })),
  );
});

test('a layer runs the plays of its guests and then says which failed, and one without guests is empty', () => {
  const plays = yaml('playbooks/platform.yml') as { name: string; hosts: string }[];
  expect(plays.map(({ name, hosts }) => [name, hosts])).toEqual([['Attach to valkey', 'loft'], ['Install valkey', 'guests'], ['Say which guests failed', 'guests']]);
  expect(yaml('playbooks/apps.yml')).toEqual([]);
});

test('plays of one playbook share its file, in tree order', () => {
  expect(yaml('playbooks/guests/valkey.yml')).toEqual([
    {
      name: 'Attach to valkey',
      hosts: 'loft',
      gather_facts: false,
      tasks: [
        {
          name: 'Run the role guest_attach from guest',
          'ansible.builtin.import_role': { name: 'guest_attach', tasks_from: 'guest' },
          vars: { guest_attach_pool: 'barn' },
        },
      ],
    },
    { name: 'Install valkey', hosts: 'valkey', gather_facts: true, tasks: [{ name: 'Run the role valkey', 'ansible.builtin.import_role': { name: 'valkey' } }] },
  ]);
});

test('every file is one document that says who wrote it, without anchors and without folded lines', () => {
  for (const content of files.values()) {
    expect(content.split('\n')[0]).toBe('# Written by `cdktf synth` from homelab/. Do not edit.');
    expect(parseAllDocuments(content)).toHaveLength(1);
    expect(content).not.toMatch(/: [&*]\w|>-?\n/);
  }
});

test('secrets and facts after apply are looked up when Ansible runs', () => {
  const { homelab_secrets: secrets, homelab_handover_services: handOver } = yaml('inventories/group_vars/all.yml') as Record<string, string>;
  expect(secrets).toMatch(/^\{\{ lookup\('community\.sops\.sops', inventory_dir/);
  expect(handOver).toMatch(/\.handover\/services\.json.*from_json/);
});
