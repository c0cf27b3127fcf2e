import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setting } from '../../constructs/rules/shape/service-form';
import { requireForm } from '../../secrets/forms';
import type { SecretSpec } from '../../secrets/manifest';
import { optionsOf, type Option, type Options } from '../helpers/argument-spec';
import { root } from '../helpers/run-synth';
import { hostileTexts } from './hostile-texts';
import { runPython } from './parsers';

const roles = join(root, 'ansible/roles');
const ROUNDS = 24;

/** One template as it is filled in with plain texts, and with hostile ones. */
export interface Rendered {
  readonly role: string;
  readonly template: string;
  readonly plain: string;
  readonly hostile: readonly string[];
}

/** Plain texts, one of which each option takes. */
const harmless = ['plain', '/srv/plain', 'http://plain.example/x', '02:3', '3'];

/** What the loops and facts of a role give its templates. */
const given: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'paperless.service.j2': { item: { unit: 'paperless-web', description: 'Web server', command: '/opt/paperless/bin/web' } },
  'unit.service.j2': { item: { name: 'x', description: 'Copy', requires: 'pve-cluster.service', command: ['/usr/local/sbin/x', '--dir', '/srv'] } },
  'unit.timer.j2': { item: { name: 'x', description: 'Copy', schedule: '02:30' } },
  'command.j2': { item: 'pxe-arm' },
  // Of the definition's own types: it refuses a setting that contradicts them.
  'authorized_keys.j2': { pve_init_ssh_keys: ['ssh-ed25519 AAAA one', 'ssh-ed25519 BBBB two'] },
  'interfaces.j2': { pve_bridge_extra: [{ name: 'vmbr1', address: '10.88.99.1/24', ports: [] }], pve_bridge_unused_interfaces: [] },
  'service-dump.service.j2': { item: { words: ' --now' }, service_dump_service: 'plain' },
  'service-dump-missed.timer.j2': { service_dump_service: 'plain' },
  'dashboard.json.j2': { item: { uid: 'plain', title: 'Plain', panels: [{ title: 'Plain', expr: 'up', unit: 's', legend: 'instance' }] } },
  'guard.conf.j2': { zfs_setup_guard: '/usr/local/sbin/guard' },
};
/** What most templates of a loop ask of their item; those that ask more stand above. */
const item = { name: 'plain', unit: 'plain', path: '/srv/plain', description: 'Plain', command: '/usr/bin/true', schedule: '02:30' };
const facts = {
  item,
  ansible_managed: 'Ansible managed',
  ansible_facts: { distribution_release: 'trixie', hostname: 'pve' },
};

/** Entry point of a role that names the options of a template, where that is not `main`. */
const entryPoints: Readonly<Record<string, string>> = { 'vendor.sources.j2': 'apt_source' };

/** Whether the definition, or who keeps the secrets, lets a text through as the value of an option. */
function passes(name: string, { description = '' }: Option, text: string): boolean {
  if (![description].flat().join(' ').startsWith('Secret.')) return setting(text, `settings.${name}`).length === 0;
  try {
    requireForm({ name, howToMake: { kind: 'random', length: 32 } } as SecretSpec, text);
    return text !== '';
  } catch {
    return false;
  }
}

/** A value of an option whose texts are chosen by name; undefined for what holds none. */
function valueOf(name: string, option: Option, choose: (name: string, option: Option) => string): unknown {
  const { type = 'str', elements = 'str', options, choices } = option;
  if (choices) return choices[0];
  if (type === 'str' || type === 'path') return choose(name, option);
  if (type === 'list') return [0, 1].map(() => valueOf(name, { type: elements, options, description: option.description }, choose));
  if (type === 'dict') return options ? recordOf(options, choose) : { plain: choose('plain', option), other: choose('other', option) };
  if (type === 'int') return option.default ?? 1;
  return type === 'bool' ? true : option.default;
}

function recordOf(options: Options, choose: (name: string, option: Option) => string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(options).map(([name, option]) => [name, valueOf(name, option, choose)]).filter(([, value]) => value !== undefined && value !== null));
}

/** Every template of every role, filled in by Ansible: once with plain texts, and often with whatever is let through. */
export function roundsOfTemplates(): Rendered[] {
  const templates = readdirSync(roles).flatMap((role) => {
    const folder = join(roles, role, 'templates');
    return existsSync(folder) ? readdirSync(folder).map((template) => ({ role, template })) : [];
  });
  const jobs = templates.flatMap(({ role, template }) => {
    const options = optionsOf(role, entryPoints[template]);
    const more = { ...facts, ...given[template] };
    let turn = 0;
    // Each another one, since some templates write what is the same once.
    const plain = (name: string, option: Option): string => /schedule$/.test(name) && typeof option.default === 'string' ? option.default : `${harmless.find((text) => passes(name, option, text)) ?? 'plain'}${(turn += 1)}`;
    const hostile = (name: string, option: Option): string => {
      const through = hostileTexts.filter((text) => text !== '' && passes(name, option, text));
      return through.length === 0 ? plain(name, option) : through[(turn += 1) % through.length]!;
    };
    const variables = [recordOf(options, plain), ...Array.from({ length: ROUNDS }, () => recordOf(options, hostile))];
    return variables.map((own) => ({ role, template, variables: { ...own, ...more } }));
  });
  const texts = runPython<string[]>('render.py', { roles, templates: jobs });
  return templates.map(({ role, template }, index) => {
    const [plain, ...hostile] = texts.slice(index * (ROUNDS + 1), (index + 1) * (ROUNDS + 1));
    return { role, template, plain: plain!, hostile };
  });
}
