import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { HOUSE, holderOf } from '../../common/exclusive';
import { BUILD_TIMEOUT_MS, ROOT } from '../tools/ensure-tools';
import { ensureEngine } from './engine';
import { PveHouse } from './pve-house';

jest.setTimeout(3 * 60_000);

/** The line by which the owner deploys, as it is printed. */
const [DEPLOY] = /^\.\/house secrets exec --real -- npx cdktf deploy .*$/m.exec(readFileSync(join(ROOT, 'docs', 'state', 'README.md'), 'utf8'))!;
const STATE = './house state';

let pve: PveHouse;
beforeAll(async () => {
  ensureEngine();
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
    // cdktf ends before the program that asked, which holds the house until it has seen that nobody answers any more.
    while (holderOf(pve.house.project.path('.state'), HOUSE)) await setTimeout(50);
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

describe('drift', () => {
  const grafana = () => pve.world.node.guests.find(({ vmid }) => vmid === 107)!;

  test('there is none after a deploy', async () => {
    expect(await pve.shell(`${STATE} drift`)).toMatchObject({ code: 0, stdout: 'state: the house is as it is defined\n' });
  });

  test('what was changed past Terraform is told with what an apply would do, what is not applied yet apart from it', async () => {
    const before = grafana().description;
    grafana().description = 'by hand';
    pve.containers('services').n8n!.description = 'not applied';
    pve.synth();
    const run = await pve.shell(`${STATE} drift --json`);
    expect(run.code).toBe(2);
    expect(JSON.parse(run.stdout)).toEqual([
      { stack: 'services', address: 'proxmox_virtual_environment_container.grafana', kind: 'changed', values: [expect.stringContaining('by hand')], apply: 'sets it back' },
      { stack: 'services', address: 'proxmox_virtual_environment_container.n8n', kind: 'pending', values: [expect.stringContaining('not applied')], apply: 'applies it' },
    ]);
    expect((await pve.shell(`${STATE} drift`)).stdout).toContain('proxmox_virtual_environment_container.grafana was changed past Terraform: ');
    expect(grafana().description).toBe('by hand');
    grafana().description = before;
  });
});

describe('deploy --plan', () => {
  const n8n = () => pve.world.node.guests.find(({ vmid }) => vmid === 102)!;

  test('refuses what was not reviewed, tells what it would do, and applies nothing', async () => {
    const run = await pve.shell(`${STATE} deploy --yes --plan 0123456789abcdef`);
    expect(run).toMatchObject({ code: 1, stderr: expect.stringMatching(/the plan of today is [0-9a-f]{16}, and 0123456789abcdef was reviewed; nothing was applied\. It would do:[^]*proxmox_virtual_environment_container\.n8n update/) });
    expect(n8n().description).not.toContain('not applied');
  });

  test('applies what was reviewed', async () => {
    const [, digest] = /the plan of today is ([0-9a-f]{16})/.exec((await pve.shell(`${STATE} deploy --yes --plan 0`)).stderr)!;
    expect((await pve.shell(`${STATE} deploy --yes --plan ${digest}`)).code).toBe(0);
    expect(n8n().description).toContain('not applied');
  });
});

describe("Terraform's name, where the keys are", () => {
  const terraform = (words: string, folder = 'cdktf.out/stacks/services') => pve.shell(`./house secrets exec --real -- sh -c 'cd ${folder} && ${words}'`);

  test('is the program that judges: what it does not know is refused', async () => {
    const run = await terraform('terraform state rm null_resource.n8n');
    expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining("'terraform state rm' is not let through here") });
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

describe('state run', () => {
  test.each(['refresh', 'state rm null_resource.n8n', 'apply -refresh-only'])('G6: refuses %s, which would write the state unjudged', async (words) => {
    const run = await pve.shell(`${STATE} run services -- ${words}`);
    expect(run).toMatchObject({ code: 1, stderr: expect.stringMatching(/is not let through here|goes past the guard/) });
  });

  test('imports a guest under its own VMID and name only', async () => {
    const stranger = await pve.shell(`${STATE} run services -- import proxmox_virtual_environment_container.n8n pve/120`);
    expect(stranger).toMatchObject({ code: 1, stderr: expect.stringContaining("guest pve/120 is 'trilium' on the host, and proxmox_virtual_environment_container.n8n is 102 'n8n'; nothing was imported") });
  });
});

describe('the host changes while the owner is asked', () => {
  const answer = async (change: () => void) => {
    const asked = () => {
      change();
      pve.tellHost();
      return 'yes\n';
    };
    return pve.shell("./house secrets exec --real -- sh -c 'cd cdktf.out/stacks/services && terraform apply'", {}, '.', asked);
  };
  const described = () => pve.world.node.guests.find(({ vmid }) => vmid === 107)!.description;

  test('G11: a change of a guest that the plan changes is said, and nothing is applied', async () => {
    pve.containers('services').grafana!.description = 'asked again';
    pve.synth();
    const run = await answer(() => void (pve.world.node.guests.find(({ vmid }) => vmid === 107)!.name = 'photos'));
    expect(run.stderr).toContain("since this plan was made, guest 107 was 'grafana' (lxc, running) and is now 'photos' (lxc, running)");
    expect(run.stderr).toContain('the host is no longer what this plan was made for');
    expect(run.code).toBe(1);
    expect(described()).not.toContain('asked again');
    pve.world.node.guests.find(({ vmid }) => vmid === 107)!.name = 'grafana';
  });

  test('G11: a change elsewhere is said, and the plan that was agreed to is applied', async () => {
    const stranger = { ...structuredClone(pve.world.node.guests.find(({ vmid }) => vmid === 120)!), vmid: 300, name: 'made-meanwhile' };
    const run = await answer(() => void pve.world.node.guests.push(stranger));
    expect(run.stderr).toContain("guest 300 was not there and is now 'made-meanwhile'");
    expect(run.code).toBe(0);
    expect(described()).toContain('asked again');
    pve.world.node.guests = pve.world.node.guests.filter(({ vmid }) => vmid !== 300);
  });
});

test('G25: the guest that keeps the state is restarted alone, with a copy of the state before and after', async () => {
  const { minio } = pve.containers('foundation');
  minio!.memory = { dedicated: 2048, swap: 512 };
  pve.containers('foundation').extra = { ...structuredClone(pve.containers('services').cloudflared!), vm_id: 130 };
  pve.synth();
  const allow = '--yes --allow restarts-state:105 --reboots 1';
  const both = await pve.shell(`${STATE} apply foundation ${allow}`);
  expect(both).toMatchObject({ code: 1, stderr: expect.stringContaining('keeps the state and would be stopped or restarted, together with proxmox_virtual_environment_container.extra; nothing was applied') });
  expect(pve.vmids).not.toContain(130);
  delete pve.containers('foundation').extra;
  pve.synth();
  const alone = await pve.shell(`${STATE} apply foundation ${allow}`);
  expect(alone.code).toBe(0);
  expect(alone.stdout).toMatch(/serial \d+: is already in[^]*Apply complete![^]*copied, encrypted, to/);
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
