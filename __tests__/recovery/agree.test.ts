import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

import { makeCertificate, splitPem } from '../../secrets/certificates';
import { openValues } from '../../secrets/make-missing';
import { Project } from '../secrets/project';
import { stack, STATE_SPECS, writeStack, writeStoreFacts } from '../state/lab';
import { BUILD_TIMEOUT_MS, ensureTools, ROOT } from '../tools/ensure-tools';

const TSX = pathToFileURL(require.resolve('tsx')).href;

/** Stands in for Terraform: the plan of a stack is a file beside its configuration. */
const terraformIn = (folder: string) => `#!/bin/sh
echo "terraform $*" >>"${folder}/calls"
for word; do case "$word" in -out=*) echo "a plan with the token in it" >"\${word#-out=}" ;; esac; done
case "$*" in *" show "*) cat "\${1#-chdir=}/plan.json"; if [ -e "${folder}/hang" ]; then echo \$\$ >"${folder}/hangs"; exec sleep 600; fi ;; esac
`;

/** Stands in for the host: guests and disks are files. */
const SSH = `#!/bin/sh
for script; do :; done
case "$script" in pvesh*) cat "$LAB/guests.json" ;; zfs*) cat "$LAB/disks" ;; esac
`;

const change = (vmid: number, actions: string[]) => ({
  address: `proxmox_virtual_environment_container.guest-${vmid}`,
  type: 'proxmox_virtual_environment_container',
  change: { actions, before: actions.includes('no-op') ? { vm_id: vmid } : null, after: { vm_id: vmid } },
});

let project: Project;
/** Stands in for the object store, which holds no state: the plans are made up too. */
let store: Server;
beforeAll(async () => {
  ensureTools('age', 'sops');
  project = Project.fresh(STATE_SPECS);
  project.secrets(['init']);
  const { house_authority: authority } = openValues({ root: project.root, folder: project.root, keyFile: project.keyFile });
  const { keyPem, certificatePem } = splitPem(await makeCertificate(authority!, ['127.0.0.1']));
  store = createServer({ key: keyPem, cert: certificatePem }, (_request, response) => response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>'));
  await once(store.listen(0, '127.0.0.1'), 'listening');
  const endpoint = `https://127.0.0.1:${(store.address() as AddressInfo).port}`;
  for (const name of ['foundation', 'services']) writeStack(project, name, stack(name, endpoint, {}));
  mkdirSync(project.path('bin'));
  for (const [name, content] of [['terraform', terraformIn(project.root)], ['ssh', SSH]] as const) {
    writeFileSync(project.path('bin', name), content);
    chmodSync(project.path('bin', name), 0o755);
  }
  writeStoreFacts(project);
  mkdirSync(project.path('cdktf.out', 'ansible', 'inventories'), { recursive: true });
  writeFileSync(project.path('cdktf.out', 'ansible', 'inventories', 'prod.yml'), 'all: {children: {metal: {hosts: {cellar: {ansible_host: 192.0.2.10}}}}}');
}, BUILD_TIMEOUT_MS);
afterAll(() => {
  store?.close();
  project?.remove();
});

/** Runs the comparison: what the host holds, and what Terraform would change in `services`. */
async function agree(guests: readonly number[], disks: readonly string[], changes: readonly unknown[], prior?: unknown) {
  prepare(guests, disks, changes, prior);
  const run = start();
  const [stdout, stderr, [code]] = await Promise.all([text(run.stdout), text(run.stderr), once(run, 'close')]);
  expect(project.read('calls')).not.toMatch(/apply|destroy/);
  return { code: code as number, said: stdout + stderr };
}

function start() {
  const env = project.environment({ PATH: `${project.path('bin')}:${process.env.PATH}`, LAB: project.root });
  return spawn(process.execPath, ['--import', TSX, join(ROOT, 'recovery', 'agree.ts')], { cwd: project.root, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

function prepare(guests: readonly number[], disks: readonly string[], changes: readonly unknown[], prior?: unknown): void {
  writeFileSync(project.path('calls'), '');
  writeFileSync(project.path('guests.json'), JSON.stringify(guests.map((vmid) => ({ vmid, type: 'lxc' }))));
  writeFileSync(project.path('disks'), disks.join('\n'));
  const plan = (list: readonly unknown[]) => JSON.stringify({ format_version: '1.2', planned_values: {}, prior_state: prior, resource_changes: list });
  writeFileSync(project.path('cdktf.out', 'stacks', 'foundation', 'plan.json'), plan([]));
  writeFileSync(project.path('cdktf.out', 'stacks', 'services', 'plan.json'), plan(changes));
}

const KNOWN = { values: { root_module: { resources: [{ mode: 'managed', type: 'terraform_data', values: {} }] } } };

test('lets Terraform go on when nothing is made that is there already', async () => {
  expect(await agree([301], ['tank/subvol-301-disk-0'], [change(301, ['no-op'])], KNOWN)).toMatchObject({ code: 0 });
}, 120_000);

test('refuses an empty state while guests exist', async () => {
  const { code, said } = await agree([301], ['tank/subvol-301-disk-0'], [change(301, ['create'])]);
  expect(code).toBe(1);
  expect(said).toContain("the state of 'services' is empty, while guests of it are on the host (301)");
  expect(said).not.toContain('    at ');
}, 120_000);

test('refuses a guest whose configuration is still missing, which the guard alone cannot see', async () => {
  const { code, said } = await agree([], ['tank', 'tank/subvol-301-disk-0'], [change(301, ['create'])], KNOWN);
  expect(code).toBe(1);
  expect(said).toContain("put its configuration back first: make rebuild ARGS='--only guests'");
}, 120_000);

test('refuses what the guard refuses', async () => {
  const gone = { ...change(301, ['delete']), change: { actions: ['delete'], before: { vm_id: 301 }, after: null } };
  const { code, said } = await agree([301], [], [gone], KNOWN);
  expect(code).toBe(1);
  expect(said).toContain('destroys-guest');
}, 120_000);

test('M5: a plan lies in memory alone, and what a killed run left there goes with the next one', async () => {
  const onDisk = () => (readdirSync(project.root, { recursive: true }) as string[])
    .filter((name) => name !== join('bin', 'terraform') && statSync(project.path(name)).isFile() && readFileSync(project.path(name)).includes('the token in it'));
  const here = [[301], ['tank/subvol-301-disk-0'], [change(301, ['no-op'])], KNOWN] as const;
  prepare(...here);
  writeFileSync(project.path('hang'), '');
  const run = start();
  while (!existsSync(project.path('hangs')) || project.read('hangs') === '') await new Promise((resolve) => setTimeout(resolve, 50));
  const gone = once(run, 'exit');
  run.kill('SIGKILL');
  await gone;
  process.kill(Number(project.read('hangs')), 'SIGKILL');
  rmSync(project.path('hang'));
  const plan = /-out=(\S+)/.exec(project.read('calls'))![1]!;
  expect(plan).toMatch(/^\/dev\/shm\/homelab-\d+-/);
  expect(readFileSync(plan, 'utf8')).toContain('the token in it');
  expect(onDisk()).toEqual([]);
  expect(await agree(...here)).toMatchObject({ code: 0 });
  expect(existsSync(plan)).toBe(false);
  expect(onDisk()).toEqual([]);
}, 120_000);
