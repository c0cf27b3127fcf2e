import type { IConstruct } from 'constructs';
import { stringify } from 'yaml';
import { AnsibleHost, AnsiblePlay, layers, type AnsiblePlayProps, type Layer, type RoleRun } from '../core/ansible';
import type { Artefact } from './artefact';
import { layerPlays } from './layer-playbook';

// Ansible reads YAML 1.1, where 12:30 is a number and `no` is false: strings are quoted by its rules. No folding, a
// folded key is hard to read in a review; no anchors, they hide repetition.
const yamlOptions = { schema: 'yaml-1.1', lineWidth: 0, aliasDuplicateObjects: false } as const;

const header = '# Written by `cdktf synth` from homelab/. Do not edit.\n---\n';
const layerTitles: Readonly<Record<(typeof layers)[number], string>> = {
  metal: 'Bring the host up',
  platform: 'Bring up what other services stand on',
  apps: 'Bring up what people use',
};

/** Facts that every machine shares. */
const groupVariables = {
  ansible_user: 'root',
  homelab_secrets: "{{ lookup('community.sops.sops', inventory_dir ~ '/../../../ansible.sops.json') | from_json }}",
  // The key of the authority stays where the secrets are; machines are given the certificate only.
  guest_base_authority_certificate: "{{ homelab_secrets.house_authority | regex_search('-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----') }}",
  homelab_handover_foundation: handOver('foundation'),
  homelab_handover_services: handOver('services'),
};

/**
 * Inventory, variables and playbooks of a finished tree, as files below `ansible/`.
 * @param neighbours addresses of guests on the host that are no machines of the inventory
 */
export function renderAnsible(root: IConstruct, neighbours: readonly string[] = []): Artefact[] {
  const nodes = root.node.findAll();
  const hosts = nodes.filter(AnsibleHost.is).map((host) => host.props);
  const plays = nodes.filter(AnsiblePlay.is).map((play) => play.props);
  return [
    yamlFile('inventories/prod.yml', inventoryOf(hosts)),
    yamlFile('inventories/group_vars/all.yml', groupVariables),
    yamlFile('inventories/group_vars/guests.yml', wallsOfAll(hosts, neighbours)),
    yamlFile('playbooks/walls.yml', [wallsPlay]),
    yamlFile('playbooks/artefacts.yml', [artefactsPlay(plays)]),
    ...hosts.map((host) => yamlFile(`inventories/host_vars/${host.hostName}.yml`, host.variables)),
    yamlFile(
      'site.yml',
      layers.map((layer) => importPlaybook(layerTitles[layer], `playbooks/${layer}.yml`)),
    ),
    ...playbooksOf(plays),
  ];
}

/** Who is a guest, for the walls of each: kept apart from a guest's own variables, so that one more guest configures no other anew. */
function wallsOfAll(hosts: readonly AnsibleHost['props'][], neighbours: readonly string[]): unknown {
  const guests = hosts.filter(({ layer }) => layer === 'platform' || layer === 'apps').map(({ address }) => address);
  const [host] = hosts.filter(({ layer }) => layer === 'metal').map(({ address }) => address);
  return { guest_walls_host: host ?? '', guest_walls_guests: [...guests, ...neighbours] };
}

/** Brings the walls of all guests up to date, after a service came or went. */
const wallsPlay = {
  name: 'Shut every door of a guest that nobody needs',
  hosts: 'guests',
  gather_facts: false,
  tasks: [renderRole({ role: 'guest_walls' })],
};

/** Keeps on the pool what guests are installed from. All of it is done on the host: a vendor that fails one guest does not stop the others. */
function artefactsPlay(plays: readonly AnsiblePlayProps[]): unknown {
  const keeping = plays.flatMap(({ hostName, roles }) => roles.filter(({ artefacts }) => artefacts).map(({ role }) => ({ hostName, role })));
  return {
    name: 'Keep on the pool what guests are installed from',
    hosts: 'guests',
    gather_facts: false,
    tasks: keeping.map(({ hostName, role }) => ({
      name: `Keep what ${hostName} is installed from`,
      'ansible.builtin.include_role': { name: role, tasks_from: 'artefacts' },
      when: `inventory_hostname == '${hostName}'`,
    })),
  };
}

function handOver(stack: string): string {
  return `{{ lookup('ansible.builtin.file', inventory_dir ~ '/../../../.handover/${stack}.json', errors='ignore') | default('{}', true) | from_json }}`;
}

function inventoryOf(hosts: readonly AnsibleHost['props'][]): unknown {
  const group = (layer: Layer): unknown => ({
    hosts: Object.fromEntries(
      hosts.filter((host) => host.layer === layer).map((host) => [host.hostName, { ansible_host: host.address }]),
    ),
  });
  const install = hosts.some((host) => host.layer === 'install') ? { install: group('install') } : {};
  return { all: { children: { ...install, metal: group('metal'), guests: { children: { platform: group('platform'), apps: group('apps') } } } } };
}

/** One file per playbook; a layer whose plays lie in files of their own runs them all, in tree order. */
function playbooksOf(plays: readonly AnsiblePlayProps[]): Artefact[] {
  const byPlaybook = new Map<string, AnsiblePlayProps[]>();
  for (const play of plays) {
    const known = byPlaybook.get(play.playbook);
    if (known) known.push(play);
    else byPlaybook.set(play.playbook, [play]);
  }
  const imports = layers
    .filter((layer) => !byPlaybook.has(layer))
    .map((layer) => yamlFile(`playbooks/${layer}.yml`, layerPlays(plays.filter((play) => play.layer === layer))));
  return [...imports, ...[...byPlaybook].map(([name, own]) => yamlFile(`playbooks/${name}.yml`, own.map(renderPlay)))];
}

function importPlaybook(name: string, file: string): unknown {
  return { name, 'ansible.builtin.import_playbook': file };
}

function renderPlay(play: AnsiblePlayProps): unknown {
  return {
    name: play.title,
    hosts: play.hostName,
    gather_facts: play.gatherFacts ?? true,
    tasks: play.roles.map(renderRole),
  };
}

function renderRole(run: RoleRun): unknown {
  return {
    name: `Run the role ${run.role}${run.tasksFrom ? ` from ${run.tasksFrom}` : ''}`,
    'ansible.builtin.import_role': { name: run.role, ...(run.tasksFrom ? { tasks_from: run.tasksFrom } : {}) },
    ...(run.variables ? { vars: run.variables } : {}),
  };
}

function yamlFile(path: string, value: unknown): Artefact {
  return { path: `ansible/${path}`, content: header + stringify(value, yamlOptions) };
}
