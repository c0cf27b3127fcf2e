import { roleNames, tasksOf, type Task } from '../helpers/role-tasks';

/** What a task says of one module, as an object. */
function given(task: Task, ...modules: string[]): Record<string, unknown> | undefined {
  const name = modules.find((module) => module in task);
  return name === undefined ? undefined : typeof task[name] === 'object' && task[name] !== null ? (task[name] as Record<string, unknown>) : { cmd: task[name] };
}

/** The words of a command, with the lines of its stdin: both say what is installed. */
function wordsOf(task: Task): string {
  const command = given(task, 'ansible.builtin.command', 'ansible.builtin.shell', 'command', 'shell', 'ansible.builtin.raw');
  if (!command) return '';
  const { argv, cmd, stdin } = command;
  return [Array.isArray(argv) ? argv.join(' ') : (argv ?? cmd), stdin].map(String).join(' ');
}

/** Installers that choose what they fetch, and what keeps them to files that are known, or to a day. */
const installers: readonly { readonly runs: RegExp; readonly pin: RegExp; readonly what: string }[] = [
  { runs: /\bnpm\b.* (install|i|add|update)\b/, pin: /--before[= ]/, what: 'npm with --before, or npm ci' },
  { runs: /\buv\b.* pip (install|sync)\b/, pin: /--exclude-newer[= ]|--require-hashes/, what: 'uv with --exclude-newer or --require-hashes' },
  { runs: /\buv\b.* sync\b/, pin: /--(frozen|locked)\b|--require-hashes/, what: 'uv sync --frozen' },
  { runs: /^(?!.*\buv\b.* pip ).*\bpip[0-9]?\b.* install\b/, pin: /--require-hashes/, what: 'pip with --require-hashes' },
  { runs: /\bgo (install|get)\b/, pin: /$^/, what: 'go build -mod=readonly, in a module with go.sum' },
  // Asking whether a server answers fetches nothing.
  { runs: /\b(curl|wget)\b/, pin: /--output \/dev\/null\b/, what: 'ansible.builtin.get_url with a checksum' },
  { runs: /\b(gem|cargo|npx|pipx|bash <\()\b/, pin: /$^/, what: 'an installer that this test knows' },
];

/** What a task lets choose by itself; undefined when everything that it fetches is known before. */
function unpinned(task: Task): string | undefined {
  const name = String(task['name']);
  const fetched = given(task, 'ansible.builtin.get_url', 'get_url');
  // A signing key is compared by its fingerprint, before anything believes it.
  if (fetched && !fetched['checksum'] && !/\.download|_download\b/.test(String(fetched['dest']))) return `${name}: a file without a checksum`;
  if (given(task, 'ansible.builtin.pip', 'pip', 'community.general.npm', 'npm')) return `${name}: a module that pins no dependency`;
  const git = given(task, 'ansible.builtin.git', 'git');
  if (git && !/^[0-9a-f]{40}$/.test(String(git['version']))) return `${name}: a repository without a commit`;
  if (/^https?:/.test(String(given(task, 'ansible.builtin.apt', 'apt')?.['deb'] ?? ''))) return `${name}: a package by its address`;
  const words = wordsOf(task).replaceAll(/\{\{[^}]*\b(uv|npm|pip)\b[^}]*\}\}/g, '$1').replaceAll(/\{\{ guest_base_uv( \| dirname)? \}\}/g, 'uv');
  const free = installers.find(({ runs, pin }) => runs.test(words) && !pin.test(words));
  return free && `${name}: use ${free.what}`;
}

test.each(roleNames())('%s installs nothing that is not known before', (role) => {
  expect(tasksOf(role).flatMap(({ task }) => unpinned(task) ?? [])).toEqual([]);
});

const argv = (...words: string[]): Task => ({ name: 'x', 'ansible.builtin.command': { argv: words } });
test.each<[string, Task]>([
  ['npm', argv('{{ n8n_node_home }}/bin/npm', 'install', '--global', 'n8n@2.41.3')],
  ['uv', argv('{{ guest_base_uv }}', 'pip', 'install', 'open-webui==0.12.4')],
  ['uv sync', argv('{{ guest_base_uv }}', 'sync')],
  ['pip of an environment', argv('{{ home }}/bin/pip', 'install', 'uv==0.13.9')],
  ['pip as a module', argv('python3', '-m', 'pip', 'install', 'x==1')],
  ['Ansible’s pip', { name: 'x', 'ansible.builtin.pip': { name: 'x==1' } }],
  ['a script from the web', { name: 'x', 'ansible.builtin.shell': { cmd: 'curl -fsSL https://example.org/install.sh | sh' } }],
  ['a file', { name: 'x', 'ansible.builtin.get_url': { url: 'https://example.org/x', dest: '/usr/local/bin/x' } }],
  ['a repository', { name: 'x', 'ansible.builtin.git': { repo: 'https://example.org/x', version: 'main' } }],
])('%s without a pin is found', (_what, task) => expect(unpinned(task)).toBeDefined());
