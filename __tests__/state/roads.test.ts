import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { BUILD_TIMEOUT_MS, ensureTools, ROOT } from '../tools/ensure-tools';
import { PveHouse } from './pve-house';

jest.setTimeout(3 * 60_000);

/** The line by which the owner deploys, as it is printed. */
const [DEPLOY] = /^npm run secrets -- exec --real -- npx cdktf deploy .*$/m.exec(readFileSync(join(ROOT, 'docs', 'state', 'README.md'), 'utf8'))!;
const STATE = 'npm run --silent state --';

let pve: PveHouse;
beforeAll(async () => {
  ensureTools('age', 'sops', 'minio', 'mc');
  pve = await PveHouse.make();
  expect((await pve.shell(`${STATE} configure`)).output).toContain('as they should be');
}, BUILD_TIMEOUT_MS);
afterAll(() => pve?.remove());

describe('cdktf deploy', () => {
  test('as it is documented makes both stacks in order, judged, each with copies of its state', async () => {
    const run = await pve.shell(`${DEPLOY} --auto-approve`);
    expect(run.output).toContain('guard: the plan may be applied');
    expect(run.output).toContain('copied, encrypted, to');
    expect(run.code).toBe(0);
    expect(pve.vmids).toEqual([100, 102, 103, 105, 106, 107, 108, 111, 114, 115, 117, 120, 1000]);
  });

  test('G9b G9e: a service whose lines are deleted is refused, and runs on', async () => {
    const { cloudflared, n8n, ...others } = pve.containers('services');
    const before = structuredClone(pve.stacks.services);
    pve.stacks.services!.resource!.proxmox_virtual_environment_container = others;
    delete pve.stacks.services!.resource!.local_file;
    for (const name of ['cloudflared', 'n8n']) delete (pve.stacks.services!.resource!.null_resource as Record<string, unknown>)[name];
    pve.synth();
    const run = await pve.shell(`${DEPLOY} --auto-approve`);
    expect(run.code).toBe(1);
    expect(run.output).toContain('destroys-guest');
    expect([cloudflared, n8n].map((guest) => pve.world.node.guests.find(({ vmid }) => vmid === guest!.vm_id)?.status)).toEqual(['running', 'running']);
    pve.stacks.services = before!;
    pve.synth();
  });

  test('G9c: a new service on the VMID of a stranger does not adopt it', async () => {
    const stranger = structuredClone(pve.world.node.guests.find(({ vmid }) => vmid === 120)!);
    pve.world.node.guests.push({ ...stranger, vmid: 200, name: 'photos' });
    const { trilium } = pve.containers('services');
    pve.containers('services').album = { ...trilium!, vm_id: 200 };
    pve.synth();
    const run = await pve.shell(`${STATE} apply services --yes`);
    expect(run.code).toBe(1);
    expect(run.output).toContain('adopts-guest');
    delete pve.containers('services').album;
    pve.world.node.guests = pve.world.node.guests.filter(({ vmid }) => vmid !== 200);
    pve.synth();
  });

  test('asks through cdktf, and applies nothing without an answer', async () => {
    pve.containers('services').grafana!.description = 'asked about';
    pve.synth();
    const run = await pve.shell(DEPLOY!);
    expect(run.output).not.toContain('Apply complete');
    expect(pve.world.node.guests.find(({ vmid }) => vmid === 107)?.description).not.toContain('asked about');
    expect((await pve.shell(`${STATE} apply services --yes`)).code).toBe(0);
    expect(pve.world.node.guests.find(({ vmid }) => vmid === 107)?.description).toContain('asked about');
  });

  test('destroy is refused before any guest is shut down', async () => {
    const before = structuredClone(pve.world.node.guests);
    const run = await pve.shell(`${DEPLOY!.replace('cdktf deploy', 'cdktf destroy')} --auto-approve`);
    expect(run.code).toBe(1);
    expect(pve.world.node.guests).toEqual(before);
  });
});

describe("Terraform's name, where the keys are", () => {
  const terraform = (words: string, folder = 'cdktf.out/stacks/services') => pve.shell(`npm run --silent secrets -- exec --real -- sh -c 'cd ${folder} && ${words}'`);

  test('is the program that judges: what it does not know is refused', async () => {
    const run = await terraform('terraform state rm null_resource.n8n');
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining("'terraform state' is not let through here") });
  });

  test('runs in the folder of a stack of this house only', async () => {
    expect((await terraform('tofu apply -auto-approve', 'host')).stderr).toContain('is no stack of this house');
  });

  test('lets harmless verbs through, and saves no plan', async () => {
    const run = await terraform('terraform output -json && terraform plan -out saved.plan && ls');
    expect(run.output).toContain('No changes');
    expect(run.output).not.toContain('saved.plan\n');
    expect(run.code).toBe(0);
  });
});

test('G10: the workspace, arguments and keys of a shell decide nothing', async () => {
  const odd = {
    TF_WORKSPACE: 'prod',
    TF_CLI_ARGS: '-target=null_resource.nothing',
    TF_CLI_ARGS_plan: '-destroy',
    TF_DATA_DIR: '/nonexistent/data',
    TF_VAR_proxmox_api_token: 'another',
    TF_STATE: 'other',
    AWS_ACCESS_KEY_ID: 'another',
    AWS_PROFILE: 'work',
    AWS_ENDPOINT_URL_S3: 'http://192.0.2.1',
    TOFU_CLI_ARGS: '-destroy',
  };
  const run = await pve.shell(`${STATE} run services -- plan -detailed-exitcode`, odd);
  expect(run.output).toContain('No changes');
  expect(run.code).toBe(0);
});
