import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { root } from '../helpers/run-synth';

jest.setTimeout(180_000);

/** Stands in for Gitea: accounts and tokens, its command line (words come by HTTP) and the three calls of its API that the role makes. */
class Gitea {
  password: string | undefined;
  readonly tokens = new Map<string, string>();
  readonly commands: string[][] = [];
  readonly server = createServer((request, response) => {
    void this.answer(request).then(([status, text]) => response.writeHead(status, { 'Content-Type': 'application/json' }).end(text));
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async answer(request: IncomingMessage): Promise<[number, string]> {
    let body = '';
    for await (const part of request) body += String(part);
    const path = request.url ?? '';
    if (path === '/command') return [200, this.command(JSON.parse(body) as string[])];
    const given = request.headers.authorization ?? '';
    if (request.method === 'PATCH' && path === '/api/v1/admin/users/owner') {
      if (![...this.tokens.values()].some((token) => given === `token ${token}`)) return [401, '{}'];
      const { source_id, login_name, password } = JSON.parse(body) as Record<string, unknown>;
      if (source_id !== 0 || login_name !== 'owner') return [422, '{}'];
      this.password = String(password);
      return [200, '{}'];
    }
    if (given !== `Basic ${Buffer.from(`owner:${this.password}`).toString('base64')}`) return [401, '{}'];
    const name = /^\/api\/v1\/users\/owner\/tokens\/(.*)$/.exec(path)?.[1];
    if (request.method === 'DELETE' && name) return this.tokens.delete(name) ? [204, ''] : [404, '{}'];
    return path === '/api/v1/user' ? [200, '{"login":"owner"}'] : [404, '{}'];
  }

  private command(words: string[]): string {
    this.commands.push(words);
    const [verb] = words;
    const option = (name: string): string => words[words.indexOf(name) + 1] ?? '';
    if (verb === 'list') return this.password === undefined ? 'ID   Username\n' : 'ID   Username\n1    owner  owner@house\n';
    if (verb === 'create') this.password = 'made-up-by-gitea';
    if (verb === 'generate-access-token') this.tokens.set(option('--token-name'), 'f00d');
    return verb === 'generate-access-token' ? 'a warning of Gitea\nf00d\n' : 'done\n';
  }
}

const folder = mkdtempSync(join(root, '.cache/gitea-'));
const gitea = new Gitea();
beforeAll(async () => {
  execFileSync(process.execPath, [join(root, 'tools/python.mjs')], { stdio: ['ignore', 'inherit', 'inherit'] });
  gitea.server.listen(0, '127.0.0.1');
  await once(gitea.server, 'listening');
  writeFileSync(join(folder, 'gitea'), `#!${process.execPath}\nfetch('${gitea.url}/command', { method: 'POST', body: JSON.stringify(process.argv.slice(2)) }).then((answer) => answer.text()).then((text) => process.stdout.write(text));\n`);
  chmodSync(join(folder, 'gitea'), 0o755);
}, 600_000);
afterAll(() => {
  gitea.server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs the role's own tasks, for a password. */
async function play(password: string): Promise<{ code: number | null; output: string }> {
  const tasks = [{ 'ansible.builtin.include_role': { name: 'gitea', tasks_from: 'administrator' } }];
  const vars = {
    ansible_connection: 'local', ansible_python_interpreter: '{{ ansible_playbook_python }}', gitea_command: [join(folder, 'gitea')], gitea_url: gitea.url,
    gitea_admin_user: 'owner', gitea_admin_email: 'owner@house', gitea_admin_password: password,
  };
  writeFileSync(join(folder, 'vars.json'), JSON.stringify(vars));
  writeFileSync(join(folder, 'play.yml'), JSON.stringify([{ hosts: 'all', gather_facts: true, gather_subset: ['!all', '!min', 'date_time'], tasks }]));
  const env = { ...process.env, ANSIBLE_CONFIG: join(root, 'ansible/ansible.cfg'), ANSIBLE_LOCAL_TEMP: join(folder, 'tmp') };
  const run = spawn(join(root, '.tools/python/bin/ansible-playbook'), ['--inventory', 'here,', '--diff', '-vvv', '-e', `@${join(folder, 'vars.json')}`, join(folder, 'play.yml')], { env });
  let output = '';
  for (const stream of [run.stdout, run.stderr]) stream.on('data', (text) => (output += String(text)));
  const [code] = (await once(run, 'close')) as [number | null];
  return { code, output };
}

test.each([
  ['the first password is set', 'Sommer-2026', ['list', 'create', 'generate-access-token']],
  ['a second run sets nothing', 'Sommer-2026', ['list']],
  ['a renewed one is set without the old one', 'Winter-2027', ['list', 'generate-access-token']],
])('%s; no program gets it as an argument, and it is not shown', async (_what, password, verbs) => {
  gitea.commands.length = 0;
  const { code, output } = await play(password);
  expect({ code, end: code === 0 ? '' : output.slice(-1500) }).toEqual({ code: 0, end: '' });
  expect(gitea.password).toBe(password);
  expect(gitea.commands.map(([verb]) => verb)).toEqual(verbs);
  expect(gitea.commands.flat().join(' ')).not.toContain(password);
  expect(output).not.toContain(password);
  expect([...gitea.tokens]).toEqual([]);
});
