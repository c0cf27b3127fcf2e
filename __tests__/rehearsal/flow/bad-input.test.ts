import { createServer } from 'node:net';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadProviderFacts } from '../../../rehearsal/facts/provider-facts';
import { House } from '../../../rehearsal/flow/house';
import { rehearse } from '../../../rehearsal/flow/rehearsal';
import { readStacks, type StackConfig } from '../../../rehearsal/flow/stack';
import { checkStacks } from '../../../rehearsal/flow/stack-checks';
import { findTool } from '../../../rehearsal/flow/tool';
import { blankNode } from '../../../rehearsal/node/load-node';
import { serveProvider } from '../../../rehearsal/protocol/server';
import { loadStandIns } from '../../../rehearsal/provider/serve';
import { StandInProvider } from '../../../rehearsal/provider/stand-in';
import { houseStacks, writeStacks } from '../fixtures/house';
import { anyTool } from '../fixtures/tools';
import { machine } from '../fixtures/machine';
import pinned from '../../../common/provider.json';

const scratch = mkdtempSync(join(tmpdir(), 'rehearsal-bad-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Checks the fixture's stacks after a change to the services. */
function check(change: (config: StackConfig) => void): void {
  const stacks = houseStacks();
  change(stacks.services);
  const folder = writeStacks(stacks);
  try {
    checkStacks(readStacks(folder), loadStandIns());
  } finally {
    rmSync(dirname(folder), { recursive: true, force: true });
  }
}

const addResource = (type: string, content: Record<string, unknown>) => (config: StackConfig): void => {
  config.resource = { ...config.resource, [type]: { extra: content } };
};

test('stacks that can be rehearsed pass', () => check(() => undefined));

describe('stacks that cannot be rehearsed are refused before anything runs', () => {
  test.each<[string, (config: StackConfig) => void, string]>([
    [
      'a resource type of the provider that is not modelled, by its name',
      addResource('proxmox_backup_job', {}),
      'services: the resource type proxmox_backup_job of bpg/proxmox is not modelled by the rehearsal (proxmox_backup_job.extra)',
    ],
    ['a resource type nobody knows', addResource('proxmox_kettle', {}), 'the resource type proxmox_kettle is unknown to every stand-in'],
    ['a data source', (config) => (config.data = { proxmox_version: { v: {} } }), 'the data source proxmox_version is not modelled'],
    [
      'a provider without a stand-in',
      (config) => (config.terraform!.required_providers!.aws = { source: 'hashicorp/aws', version: '5.0.0' }),
      'the provider hashicorp/aws has no stand-in',
    ],
    [
      'another version of bpg/proxmox',
      (config) => (config.terraform!.required_providers!.proxmox.version = '~> 0.111'),
      `provider "proxmox" must be pinned to ${pinned.version}, the version whose planning is known here; got '~> 0.111'`,
    ],
    [
      'a provisioner that would reach a real machine',
      addResource('null_resource', { provisioner: [{ 'local-exec': { command: 'ssh pve reboot' } }] }),
      'null_resource.extra has a local-exec provisioner that would act for real',
    ],
    [
      'a remote provisioner',
      addResource('null_resource', { provisioner: { 'remote-exec': { inline: ['$HOMELAB_ANSIBLE_PLAYBOOK'] } } }),
      'null_resource.extra has a remote-exec provisioner that would act for real',
    ],
  ])('%s', (_what, change, words) => {
    expect(() => check(change)).toThrow(words);
  });

  test('all problems of all stacks at once', () => {
    const both = (): void =>
      check((config) => {
        addResource('proxmox_backup_job', {})(config);
        config.data = { proxmox_version: { v: {} } };
      });
    expect(both).toThrow(/proxmox_backup_job[\s\S]*proxmox_version/);
  });
});

test('a folder without stacks, and a stack that is not JSON', () => {
  expect(() => readStacks(join(scratch, 'nowhere'))).toThrow('has no stack with a cdk.tf.json');
  mkdirSync(join(scratch, 'broken', 'one'), { recursive: true });
  writeFileSync(join(scratch, 'broken', 'one', 'cdk.tf.json'), '{');
  expect(() => readStacks(join(scratch, 'broken'))).toThrow(/cdk.tf.json cannot be read: [\s\S]*synthesize it anew/);
});

test('schema facts that are missing, no JSON, or not whole', () => {
  const facts = (name: string, text: string): string => {
    writeFileSync(join(scratch, name), text);
    return join(scratch, name);
  };
  for (const path of [join(scratch, 'absent.json'), facts('broken.json', '{"source"'), facts('poor.json', '{"source":"x"}')]) {
    expect(() => loadProviderFacts(path)).toThrow(/the schema facts in .* cannot be used: [\s\S]*restore the file from git/);
  }
});

test('a port that is taken', async () => {
  const holder = createServer();
  await new Promise<void>((done) => void holder.listen(0, '127.0.0.1', done));
  const { port } = holder.address() as { port: number };
  const [standIn] = loadStandIns();
  const open = (): StandInProvider => new StandInProvider(standIn, { node: blankNode(machine), files: new Map(), made: 0 });
  await expect(serveProvider(open, port)).rejects.toThrow(`cannot listen on 127.0.0.1:${port}`);
  holder.close();
});

test('no tool, or a name that is none', () => {
  expect(() => findTool({ PATH: scratch })).toThrow('neither terraform nor tofu is on PATH');
  expect(() => findTool({ PATH: process.env.PATH, TERRAFORM_BINARY_NAME: 'true' })).toThrow("TERRAFORM_BINARY_NAME names 'true'");
});

describe('a kept house', () => {
  const folder = writeStacks({ foundation: houseStacks().foundation });
  afterAll(() => rmSync(dirname(folder), { recursive: true, force: true }));
  const houseFolder = join(scratch, 'house');
  const state = join(houseFolder, 'foundation.tfstate');

  const change = (edit: (config: StackConfig) => void = () => undefined): ReturnType<typeof rehearse> => {
    const [stack] = readStacks(folder);
    edit(stack.config);
    return rehearse({
      tool: anyTool(),
      stacks: [stack],
      machine,
      scenario: { title: 'change', why: '', journey: [{ up: null }] },
      house: new House(houseFolder),
      progress: () => undefined,
      say: () => undefined,
    });
  };

  test('is gone on from: the next rehearsal plans only what changed', async () => {
    expect((await change()).unmet).toEqual([]);
    const again = await change();
    expect(again.records[0].stacks[0].effects.resources).toMatchObject({ create: 0, update: 0 });
    const grown = await change((config) => {
      config.resource!.proxmox_virtual_environment_container.minio.description = 'changed';
    });
    expect(grown.records[0].stacks[0].effects.guests.update).toEqual([105]);
  }, 60_000);

  test('is left as it was when the guard refuses', async () => {
    const before = readFileSync(state, 'utf8');
    const refused = await change((config) => {
      config.resource!.proxmox_virtual_environment_container.minio.unprivileged = false;
      delete config.resource!.proxmox_virtual_environment_container.minio.lifecycle!.prevent_destroy;
    });
    expect(refused.records[0].stacks[0].refusals.map((refusal) => refusal.rule)).toEqual(['replaces-guest', 'lifts-prevent-destroy']);
    expect(readFileSync(state, 'utf8')).toBe(before);
  }, 60_000);

  test.each([
    ['cut off', '{"version": 4, "line'],
    ['of something else', '{"hello": "world"}'],
  ])('whose state is %s is refused and not touched', async (_how, text) => {
    const whole = readFileSync(state, 'utf8');
    writeFileSync(state, text);
    await expect(change()).rejects.toThrow(/foundation.tfstate is damaged: [\s\S]*nothing was changed/);
    expect(readFileSync(state, 'utf8')).toBe(text);
    writeFileSync(state, whole);
  });
});
