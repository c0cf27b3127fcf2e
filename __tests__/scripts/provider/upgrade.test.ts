import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import type { ProviderFacts } from '../../../rehearsal/facts/provider-facts';
import { pinnedFacts, schemaText } from './schema-of-facts';

const ROOT = resolve(__dirname, '../../..');
const FILES = ['common/provider.json', 'cdktf.json', 'scripts/bindings/schema.json', 'rehearsal/facts/bpg-proxmox.json'];
const VM = 'proxmox_virtual_environment_vm';

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'upgrade-provider-'));
  for (const name of ['common', 'scripts', 'rehearsal', 'tools', 'cdktf.json', 'package.json', 'tsconfig.json']) cpSync(join(ROOT, name), join(project, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(project, 'node_modules'));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

function upgrade(...args: string[]): { code: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/provider/main.ts', ...args], { cwd: project, encoding: 'utf8' });
  return { code: status, output: stdout + stderr };
}

function offered(change: (facts: ProviderFacts) => void = () => undefined): string {
  const facts = structuredClone(pinnedFacts);
  change(facts);
  const path = join(project, 'offered.json');
  writeFileSync(path, schemaText(facts));
  return path;
}

const texts = () => FILES.map((path) => readFileSync(join(project, path), 'utf8'));
const json = (path: string) => JSON.parse(readFileSync(join(project, path), 'utf8'));

/** What 0.112.0 changed: more cards in a machine's cloud-init, one more type, and one that is gone. */
function as0112(facts: ProviderFacts): void {
  const cards = facts.resources[VM]!.blocks.initialization!.blocks.ip_config as { maxItems?: number };
  cards.maxItems = 32;
}

test('the pinned version gives the committed files again, byte for byte, prose left out', () => {
  const before = texts();
  expect(upgrade(offered())).toEqual({ code: 0, output: expect.stringContaining('nothing differs in what the house is made of') });
  expect(texts()).toEqual(before);
});

test('a version with other bounds is shown and written everywhere, and its behaviour is kept', () => {
  const run = upgrade(offered(as0112), '--version', '0.112.0');
  expect(run).toEqual({ code: 0, output: expect.stringContaining(`${VM}\n  ~ initialization.ip_config: block, list, at most 8 -> block, list, at most 32\n`) });
  for (const text of texts()) expect(text).toContain('0.112.0');
  const facts = json('rehearsal/facts/bpg-proxmox.json');
  expect({ ...facts, version: pinnedFacts.version }).not.toEqual(pinnedFacts);
  facts.resources[VM].blocks.initialization.blocks.ip_config.maxItems = 8;
  expect({ ...facts, version: pinnedFacts.version }).toEqual(pinnedFacts);
  expect(json('common/provider.json').unnamed).toEqual([]);
});

describe('a value that is new, or of another type', () => {
  const withNew = (facts: ProviderFacts) => {
    const { attributes } = facts.resources[VM]! as { attributes: Record<string, object> };
    attributes.turbo = { type: 'bool', optional: true };
    attributes.seen_at = { type: 'string', computed: true };
    attributes.on_boot = { ...attributes.on_boot, type: 'string' };
  };

  test('is planned as a replacement until it is named, and the name is remembered', () => {
    const file = offered(withNew);
    expect(upgrade(file, '--version', '0.112.0').output).toContain(`--in-place ${VM}.turbo  or  --replaces ${VM}.turbo`);
    expect(json('common/provider.json').unnamed).toEqual([`${VM}.on_boot`, `${VM}.turbo`].sort(inFile));
    expect(json('rehearsal/facts/bpg-proxmox.json').resources[VM].attributes).toMatchObject({ turbo: { replace: true }, on_boot: { replace: true }, seen_at: { type: 'string' } });

    expect(upgrade(file, '--in-place', `${VM}.turbo`, '--replaces', `${VM}.on_boot`).code).toBe(0);
    expect(json('common/provider.json').unnamed).toEqual([]);
    const { turbo, on_boot } = json('rehearsal/facts/bpg-proxmox.json').resources[VM].attributes;
    expect([turbo.replace, on_boot.replace]).toEqual([undefined, true]);
  });

  const inFile = (left: string, right: string) => Object.keys(pinnedFacts.resources[VM]!.attributes).indexOf(left) - Object.keys(pinnedFacts.resources[VM]!.attributes).indexOf(right);

  test('stays unnamed when the same version is looked at again', () => {
    const file = offered(withNew);
    upgrade(file, '--version', '0.112.0');
    const before = texts();
    expect(upgrade(file).output).toContain('nothing to write');
    expect(texts()).toEqual(before);
  });

  test('a name that nothing has is a slip, not a permission', () => {
    const before = texts();
    expect(upgrade(offered(withNew), '--version', '0.112.0', '--in-place', `${VM}.trubo`)).toEqual({ code: 2, output: expect.stringContaining(`${VM}.trubo: nothing of that name is new or unnamed`) });
    expect(texts()).toEqual(before);
  });
});

test('types that come and go are named, and one that the house is made of stops it', () => {
  const run = upgrade(offered((facts) => (facts.notModelled as string[]).push('proxmox_moon')), '--version', '0.112.0', '--dry-run');
  expect(run.output).toContain('resource types that the house does not use\n  + proxmox_moon\n');
  const gone = upgrade(offered((facts) => delete (facts.resources as Record<string, object>)[VM]), '--version', '0.112.0');
  expect(gone).toEqual({ code: 1, output: expect.stringContaining(`this version has no ${VM}, which the house is made of`) });
});

test('a dry run writes nothing', () => {
  const before = texts();
  expect(upgrade(offered(as0112), '--version', '0.112.0', '--dry-run').output).toContain('dry run: nothing was written');
  expect(texts()).toEqual(before);
});

test('cut off after the pin, it goes on when it is run again', () => {
  const file = offered(as0112);
  writeFileSync(join(project, 'common/provider.json'), `${JSON.stringify({ source: pinnedFacts.source, version: '0.112.0', unnamed: [] }, null, 2)}\n`);
  expect(upgrade(file, '--version', '0.112.0').code).toBe(0);
  expect(upgrade(file, '--version', '0.112.0').output).toContain('nothing to write');
  expect(json('cdktf.json').terraformProviders).toEqual(['bpg/proxmox@0.112.0']);
});

test.each([
  ['no file', 'nothing.json', undefined, 'cannot be read as a schema'],
  ['half a file', 'half.json', '{"format_version": "1.0", "provid', 'cannot be read as a schema'],
  ['something else', 'else.json', '{"planned_values": {}}', 'is no schema of providers'],
  ['another provider', 'other.json', '{"format_version":"1.0","provider_schemas":{"registry.terraform.io/telmate/proxmox":{}}}', 'has no provider bpg/proxmox; it has: registry.terraform.io/telmate/proxmox'],
])('%s is refused in words', (_, name, text, words) => {
  const path = join(project, name);
  if (text !== undefined) writeFileSync(path, text);
  expect(upgrade(path, '--version', '0.112.0')).toEqual({ code: 1, output: expect.stringContaining(words) });
});

test('without a file the registry is asked, and words say when it cannot be', () => {
  const bin = join(project, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'terraform'), '#!/bin/sh\n[ "$1" = version ] && echo \'{"terraform_version":"1.11.4"}\' && exit 0\necho "no such registry" >&2; exit 1\n', { mode: 0o755 });
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/provider/main.ts', '--version', '0.112.0'], { cwd: project, encoding: 'utf8', env: { ...process.env, TERRAFORM_BINARY_NAME: join(bin, 'terraform') } });
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringMatching(/init cannot have bpg\/proxmox 0\.112\.0: no such registry/) });
  expect(existsSync(join(project, '.cache/upgrade-provider/main.tf.json'))).toBe(true);
});
