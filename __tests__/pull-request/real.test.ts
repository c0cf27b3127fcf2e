import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { homelab } from '../../homelab';
import { MARKER } from '../../review/document/markdown';
import { emit } from '../helpers/emitted';
import { ensureEngine } from '../state/engine';
import type { Run } from '../secrets/project';
import { PveHouse } from '../state/pve-house';
import { BUILD_TIMEOUT_MS } from '../tools/ensure-tools';
import { forge, type ForgeServer } from './forge-server';

jest.setTimeout(3 * 60_000);

const STATE = './house state';
const REVIEW = './house pull-request review --real --base base --out review';

/** In place of the synth of a committed version: its output is committed beside it. */
const SYNTH = "require('node:fs').cpSync('emitted', process.env.CDKTF_OUTDIR, { recursive: true });\n";

let pve: PveHouse;
let token: string;

const n8n = () => pve.containers('services').n8n!;
const git = (...args: string[]) => spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { cwd: pve.house.project.path(), encoding: 'utf8' });

/** Everything that synth writes besides the stacks. */
function writeRest(): void {
  for (const [path, text] of emit(homelab).files) {
    if (!/^(review|docs)\//.test(path)) continue;
    mkdirSync(pve.house.project.path('cdktf.out', path, '..'), { recursive: true });
    writeFileSync(pve.house.project.path('cdktf.out', path), text);
  }
}

beforeAll(async () => {
  ensureEngine();
  pve = await PveHouse.make();
  const [made] = pve.world.node.tokens;
  token = `${made!.id}=${made!.secret}`;
  // A value that Terraform marks sensitive, in a guest and in a resource of the plan.
  for (const stack of Object.values(pve.stacks)) stack.variable = { proxmox_api_token: { type: 'string', sensitive: true } as never };
  pve.synth();
  writeRest();
  expect((await pve.shell(`${STATE} configure`)).code).toBe(0);
  for (const stack of ['foundation', 'services']) expect((await pve.shell(`${STATE} apply ${stack} --yes`)).output).toContain('Apply complete');
  const { project } = pve.house;
  mkdirSync(project.path('scripts', 'synth'), { recursive: true });
  writeFileSync(project.path('scripts', 'synth', 'main.cjs'), SYNTH);
  cpSync(project.path('cdktf.out'), project.path('emitted'), { recursive: true, filter: (path) => !path.includes('.terraform') });
  git('init', '--quiet', '--initial-branch=base');
  git('add', '--force', 'emitted', 'scripts');
  expect(git('commit', '--quiet', '--message', 'base')).toMatchObject({ status: 0 });
}, BUILD_TIMEOUT_MS);
afterAll(() => pve?.remove());

test('a house that is as it is defined has nothing to review', async () => {
  expect(await pve.shell(REVIEW)).toMatchObject({ code: 0, stdout: '', stderr: 'review: nothing changes between base and the work tree\n' });
});

test('another commit may not be reviewed with the secrets', async () => {
  expect(await pve.shell(`${REVIEW} --head base`)).toMatchObject({ code: 2, stderr: expect.stringContaining('--real reviews the work tree') });
});

describe('a change', () => {
  let forgeServer: ForgeServer;
  let run: Run;
  beforeAll(async () => {
    forgeServer = await forge();
    n8n().memory = { dedicated: 2048, swap: 512 };
    n8n().description = '${var.proxmox_api_token}';
    pve.stacks.services!.resource!.null_resource!.canary = { triggers: { token: '${var.proxmox_api_token}' } } as never;
    pve.synth();
    pve.world.node.guests.find(({ vmid }) => vmid === 107)!.description = 'by hand';
    run = await pve.shell(REVIEW);
  });
  afterAll(() => forgeServer.close());

  test('is planned against the real state, and the document says so, and what was changed by hand', () => {
    expect(run.stderr).toBe('');
    expect(run.code).toBe(0);
    expect(run.stdout).toContain('planned against the real state and the real host');
    expect(run.stdout).toMatch(/\| 102 \| \*\*n8n\*\* \| changed \| [^|]*memory 1024 → 2048 MiB/);
    expect(run.stdout).toMatch(/\*\*Changed on the host, not by git\*\*\n\n- .*grafana: purpose .* → by hand/);
    expect(readFileSync(pve.house.project.path('review', 'review.html'), 'utf8')).toContain('planned against the real state');
    expect(pve.world.node.guests.find(({ vmid }) => vmid === 102)!.description).not.toContain(token);
  });

  test('no secret is in the document, the page, the log and the comment', async () => {
    const { project } = pve.house;
    const posted = await pve.shell(`./house pull-request post --forge gitea --api ${forgeServer.api} --repository me/home --number 1 --file review/review.md`, { FORGE_TOKEN: 'canary-forge-token' });
    expect(posted).toMatchObject({ code: 0, stdout: 'Gitea: created\n' });
    const texts = [run.output, posted.output, ...['review.md', 'review.html'].map((name) => project.read('review', name)), ...forgeServer.bodies];
    expect(forgeServer.bodies).toEqual([expect.stringContaining(MARKER)]);
    const { admin, key } = pve.house;
    for (const secret of [token, token.split('=')[1]!, ...Object.values(admin), ...Object.values(key), 'canary-forge-token']) {
      expect(texts.filter((text) => text.includes(secret))).toEqual([]);
    }
    expect(run.stdout).toContain('purpose: a sensitive value');
  });

  test('is applied by the digest of its review', async () => {
    const [, digest] = /Plan `([0-9a-f]{16})`/.exec(readFileSync(pve.house.project.path('review', 'review.md'), 'utf8'))!;
    const deployed = await pve.shell(`${STATE} deploy --yes --reboots 1 --plan ${digest}`);
    expect(deployed.code).toBe(0);
    expect(pve.world.node.guests.find(({ vmid }) => vmid === 102)!.description).toContain(token.split('=')[1]);
  });
});

test('a plan that Terraform refuses is shown all the same, as a loss', async () => {
  pve.containers('foundation').minio!.vm_id = 205;
  pve.synth();
  const run = await pve.shell(REVIEW);
  expect(run.stdout).toMatch(/^## 🔴 Loses data/m);
  expect(run.stdout).toContain('proxmox\\_virtual\\_environment\\_container.minio must not be destroyed');
  expect(pve.vmids).toContain(105);
});

test('a host that does not answer is said, and nothing is shown', async () => {
  writeFileSync(pve.house.project.path('bin', 'ssh'), '#!/bin/sh\necho "no route to host" >&2\nexit 255\n');
  const run = await pve.shell(REVIEW);
  expect(run).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('no route to host') });
  expect(readFileSync(join(pve.house.project.path('review'), 'review.md'), 'utf8')).toContain(MARKER);
});
