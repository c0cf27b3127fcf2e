import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { optionsOf } from '../helpers/argument-spec';
import { root } from '../helpers/run-synth';

/** Roles of the guests: what they declare, what they default to and what they tell people are written three times. */
const roles = [
  'cloudflared', 'gitea', 'grafana', 'guest_base', 'jenkins', 'minio', 'mongodb', 'n8n', 'node_exporter', 'openwebui', 'paperless_ngx',
  'postgresql', 'prometheus', 'reverse_proxy', 'seaweedfs', 'trilium',
];

const text = (role: string, file: string) => readFileSync(join(root, 'ansible/roles', role, file), 'utf8');

describe.each(roles)('%s', (role) => {
  const options = Object.entries(optionsOf(role));

  test('defaults to what it declares', () => {
    const defaults = (parse(text(role, 'defaults/main.yml'), { version: '1.1' }) ?? {}) as Record<string, unknown>;
    const declared = Object.fromEntries(options.filter(([, option]) => !option.required).map(([name, option]) => [name, option.default]));
    const shared = Object.fromEntries(Object.entries(defaults).filter(([name]) => name in declared));
    expect(shared).toEqual(declared);
  });

  test.each(options)('tells people about %s', (name, { required, default: value }) => {
    const row = text(role, 'README.md').split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
    expect(row).toBeDefined();
    if (required) expect(row).toContain('| required |');
    else if (typeof value === 'number' || (typeof value === 'string' && value)) expect(row).toContain(`\`${value}\``);
  });

  test('keeps its secrets out of the log', () => {
    const secrets = options.filter(([, option]) => (option as { description?: string }).description?.startsWith('Secret.')).map(([name]) => name);
    const loud = tasksOf(role).filter((task) => secrets.some((name) => seenBy(role, task).includes(name)) && task['no_log'] !== true);
    expect(loud.map((task) => task['name'])).toEqual([]);
  });

  test('says how it was tried', () => {
    expect(text(role, 'README.md')).toMatch(/## How it was tried\n\n\w/);
  });
});

/** Every task of a role, those inside blocks too. */
function tasksOf(role: string): Record<string, unknown>[] {
  const files = readdirSync(join(root, 'ansible/roles', role, 'tasks'));
  return files.flatMap((file) => parse(text(role, `tasks/${file}`)) as Record<string, unknown>[]).flatMap((task) => (task['block'] as typeof task[]) ?? [task]);
}

/** What a task says, with the template it fills in. */
function seenBy(role: string, task: Record<string, unknown>): string {
  const source = (task['ansible.builtin.template'] as { src?: string } | undefined)?.src;
  const template = source && existsSync(join(root, 'ansible/roles', role, 'templates', source)) ? text(role, `templates/${source}`) : '';
  return JSON.stringify(task) + template;
}
