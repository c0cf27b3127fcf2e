import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { HOUSE, holderOf } from '../../common/exclusive';
import { BUILD_TIMEOUT_MS, ROOT } from '../tools/ensure-tools';
import { ensureEngine } from './engine';
import { PveHouse } from './pve-house';

jest.setTimeout(5 * 60_000);

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

/** What guests are doing on the node. */
const statusOf = (...guests: (Record<string, unknown> | undefined)[]) => guests.map((guest) => pve.world.node.guests.find(({ vmid }) => vmid === guest!.vm_id)?.status);

const CONTAINER = 'proxmox_virtual_environment_container';
const RENAMED = { cloudflared: 'tunnel', n8n: 'workflows' };

/** Gives two services other names in Terraform, and changes nothing else. */
function renamed(): void {
  const names = Object.entries(RENAMED);
  const text = names.reduce((json, [from, to]) => json.replaceAll(`${CONTAINER}.${from}`, `${CONTAINER}.${to}`), JSON.stringify(pve.stacks.services));
  pve.stacks.services = JSON.parse(text) as typeof pve.stacks.services;
  const containers = pve.containers('services');
  for (const [from, to] of names) {
    containers[to] = containers[from]!;
    delete containers[from];
  }
}

/** Takes a service out of its stack, with what stands on it. */
function leaves(name: string): void {
  const { resource } = pve.stacks.services!;
  delete pve.containers('services')[name];
  delete resource!.local_file;
  delete (resource!.null_resource as Record<string, unknown>)[name];
}

/** Edits the stacks, synthesizes, works, and puts them back. */
async function whileDefined(edit: () => void, work: () => Promise<void>): Promise<void> {
  const before = { foundation: structuredClone(pve.stacks.foundation!), services: structuredClone(pve.stacks.services!) };
  edit();
  pve.synth();
  try {
    await work();
  } finally {
    Object.assign(pve.stacks, before);
    pve.synth();
  }
}

describe('cdktf deploy', () => {
  test('G8: as it is documented makes both stacks in order, judged, each with copies of its state', async () => {
    const run = await pve.shell(`${DEPLOY} --auto-approve`);
    expect(run.output).toContain('guard: the plan may be applied');
    expect(run.output).toContain('copied, encrypted, to');
    expect(run.code).toBe(0);
    expect(pve.vmids).toEqual([100, 102, 103, 105, 106, 107, 108, 111, 114, 115, 117, 120, 1000]);
  });

  test('a dry run plans both stacks, has them judged, and applies nothing', async () => {
    const { cloudflared } = pve.containers('services');
    const memory = structuredClone(cloudflared!.memory);
    (cloudflared!.memory as { dedicated: number }).dedicated += 64;
    pve.synth();
    const run = await pve.shell(`${STATE} deploy --dry-run`);
    expect(run.output).toContain('will be updated in-place');
    expect(run.output).not.toContain('shall this plan be applied');
    expect(run.code).toBe(1);
    expect((await pve.shell(`${STATE} deploy --dry-run --reboots 1`)).output).toContain("dry run: the plan of 'services' may be applied as it is; nothing was applied");
    const again = await pve.shell(`${STATE} deploy --dry-run --reboots 1`);
    expect([again.code, again.output.includes('will be updated in-place')]).toEqual([0, true]);
    cloudflared!.memory = memory;
    pve.synth();
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

  test('G9a G9f: a service whose name alone changes is refused, whether or not it holds data, and runs on', async () => {
    const { cloudflared, n8n } = pve.containers('services');
    await whileDefined(renamed, async () => {
      const run = await pve.shell(`${DEPLOY} --auto-approve`);
      expect(run.code).toBe(1);
      for (const name of ['tunnel', 'workflows']) expect(run.output).toContain(`proxmox_virtual_environment_container.${name} [renames-guest]`);
      expect(statusOf(cloudflared, n8n)).toEqual(['running', 'running']);
      // As a former name in the definition says it: the guest is kept, and nothing is done to it.
      pve.stacks.services!.moved = Object.entries(RENAMED).map(([from, to]) => ({ from: `${CONTAINER}.${from}`, to: `${CONTAINER}.${to}` }));
      pve.synth();
      expect((await pve.shell(`${STATE} run services -- plan`)).output).toContain('0 to add, 0 to change, 0 to destroy');
    });
  });

  test('G9g: a service that moves to the other stack is neither adopted there nor shut down here', async () => {
    const { grafana } = pve.containers('services');
    const move = () => {
      pve.containers('foundation').grafana = grafana!;
      leaves('grafana');
    };
    await whileDefined(move, async () => {
      const run = await pve.shell(`${DEPLOY} --auto-approve`);
      expect(run.code).toBe(1);
      expect(run.output).toContain(`${CONTAINER}.grafana [adopts-guest]`);
      expect(statusOf(grafana)).toEqual(['running']);
    });
  });

  test('G9d: stacks that keep their state in a local file are not applied beside the state of the house', async () => {
    const path = pve.house.project.path('cdktf.out', 'stacks', 'foundation', 'cdk.tf.json');
    const stack = JSON.parse(readFileSync(path, 'utf8')) as { terraform: { backend: unknown } };
    writeFileSync(path, JSON.stringify({ ...stack, terraform: { ...stack.terraform, backend: { local: { path: '../../../.state/foundation.tfstate' } } } }));
    const before = structuredClone(pve.world.node.guests);
    const run = await pve.shell(`${DEPLOY} --auto-approve`);
    expect(run.code).toBe(1);
    expect(run.output).toContain("stack 'foundation' is synthesized without the s3 backend");
    expect(pve.world.node.guests).toEqual(before);
    pve.synth();
  });

  test('G29: a template that would have to be made anew is named, with the value and the way out', async () => {
    const [template] = Object.values(pve.stacks.foundation!.resource!.proxmox_virtual_environment_vm as Record<string, Record<string, unknown>>);
    await whileDefined(() => void (template!.vm_id = 1001), async () => {
      const run = await pve.shell(`${STATE} apply foundation --yes`);
      expect(run.code).toBe(1);
      expect(run.stderr).toMatch(/would destroy and create anew the virtual machine 1000 \(\S+\) because of vm_id 1000 -> 1001[^]*docs\/everyday.md, "Renew the template"/);
    });
  });

  test('G29: what Terraform refuses without a word of why is said in words, to whoever applies and whoever only looks', async () => {
    const { n8n } = pve.containers('services');
    const words = /the container 102 \(n8n\) because of vm_id 102 -> 122/;
    await whileDefined(() => void (n8n!.vm_id = 122), async () => {
      const applied = await pve.shell(`${STATE} apply services --yes`);
      expect(applied).toMatchObject({ code: 1, stderr: expect.stringMatching(words) });
      expect(applied.output).toMatch(/[Ii]nstance cannot be destroyed/);
      expect(await pve.shell(`${STATE} run services -- plan`)).toMatchObject({ code: 1, stderr: expect.stringMatching(words) });
      expect(statusOf({ vm_id: 102 }, { vm_id: 122 })).toEqual(['running', undefined]);
    });
  });

  test('a stack that no longer keeps a guest from being destroyed, and changes nothing else, is not applied', async () => {
    const { n8n } = pve.containers('services');
    await whileDefined(() => void delete (n8n!.lifecycle as Record<string, unknown>).prevent_destroy, async () => {
      const run = await pve.shell(`${STATE} apply services --yes`);
      expect(run.stdout).toContain('No changes');
      expect(run).toMatchObject({ code: 1, stderr: expect.stringContaining(`${CONTAINER}.n8n [lifts-prevent-destroy]`) });
    });
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

test('G28: a retired service is forgotten by name only, and its guest is left running', async () => {
  const { grafana } = pve.containers('services');
  const retire = () => {
    leaves('grafana');
    pve.stacks.services!.removed = [CONTAINER, 'null_resource'].map((type) => ({ from: `${type}.grafana`, lifecycle: [{ destroy: false }] }));
  };
  await whileDefined(retire, async () => {
    expect(await pve.shell(`${STATE} apply services --yes`)).toMatchObject({ code: 1, stderr: expect.stringContaining('forgets-guest') });
    expect((await pve.shell(`${STATE} apply services --yes --allow forgets-guest:107`)).code).toBe(0);
    expect(statusOf(grafana)).toEqual(['running']);
    expect((await pve.shell(`${STATE} run services -- state list`)).stdout).not.toContain('grafana');
  });
  // Whoever puts its lines back does not adopt it by that.
  expect((await pve.shell(`${STATE} apply services --yes`)).stderr).toContain(`${CONTAINER}.grafana [adopts-guest]`);
});
