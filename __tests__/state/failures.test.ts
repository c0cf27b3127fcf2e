import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';

import { exclusively, HOUSE } from '../../common/exclusive';
import { listVersions, readObject } from '../../state/s3';
import { contentMd5, element, s3Request, type S3Request } from '../../state/s3-request';
import type { ObjectStore } from '../../state/object-store';
import { parseSnapshot } from '../../state/snapshot';
import { BUILD_TIMEOUT_MS } from '../tools/ensure-tools';
import { ensureEngine } from './engine';
import { GUESTS, STATE_SPECS } from './lab';
import { BUCKET, RealHouse, says } from './real-house';

jest.setTimeout(3 * 60_000);

/** One that takes this many seconds to be made. */
const slow = (sec: number) => ({ triggers_replace: [Math.random()], provisioner: [{ 'local-exec': { command: `sleep ${sec}` } }] });

let house: RealHouse;
beforeAll(async () => {
  ensureEngine();
  house = await RealHouse.make();
  house.define(GUESTS);
}, BUILD_TIMEOUT_MS);
afterAll(() => house.remove());

const remote = async () => parseSnapshot(await readObject(house.store(house.key), BUCKET, 'foundation.tfstate'), 'remote')!;
const names = async () => ((await remote()).resources as { name: string }[]).map(({ name }) => name).sort();
/** Code of the answer to a request, or its status when it has none. */
const ask = async (store: ObjectStore, method: S3Request['method'], path: string, body = '') => {
  const { status, text } = await s3Request(store, 'asking', { method, path, body });
  return element(text, 'Code') ?? String(status);
};
const copies = (...folder: string[]) => readdirSync(house.project.path(...folder)).filter((file) => file.startsWith('foundation'));

describe('the real bootstrap', () => {
  test('names every secret that is missing before anything is run', () => {
    const [any] = STATE_SPECS;
    house.project.writeManifest([...STATE_SPECS, { ...any!, name: 'minio_certificate', consumer: 'ansible' }, { ...any!, name: 'wiki_password', consumer: 'ansible', usedBy: ['wiki'] }]);
    const run = house.run('bootstrap', '--real');
    expect(run).toMatchObject({ code: 1, stdout: '', stderr: "state: the secrets 'minio_certificate' are not there; nothing was run. Make them with: make secrets\n" });
    house.project.writeManifest(STATE_SPECS);
  });

  test('asks the guard, installs by Ansible, and ends with the state and its copies in place', async () => {
    const run = house.run('bootstrap', '--real');
    expect(run.output).toContain('guard: the plan may be applied');
    expect(run.output).toContain('the state is in the object store, and only there');
    expect(run.code).toBe(0);
    expect(house.read('cdktf.out', 'ansible', 'playbooks', 'guests', 'installed.txt')).toBe('installed');
    expect(await names()).toEqual(['dns', 'minio', 'slow']);
    expect(copies('host', 'tank', 'backups', 'state')).toEqual(copies('.state', 'copies'));
    expect(copies('.state', 'copies')).toHaveLength(1);
  });

  test('does nothing when it is done', async () => {
    const before = await remote();
    const run = house.run('bootstrap', '--real');
    expect(run.output).toMatch(/the object store holds the state of foundation already: lineage .*, serial \d+, 3 resources/);
    expect(run.code).toBe(0);
    expect(await remote()).toEqual(before);
  });

  test('refuses when a second, local state turns up', () => {
    writeFileSync(house.project.path('.state', 'foundation.tfstate'), '{"version":4,"lineage":"other","serial":1}');
    const run = house.run('bootstrap', '--real');
    expect(run.code).toBe(1);
    expect(run.stderr).toContain("is another one; nothing was run.\nSee docs/state/bootstrap.md");
    writeFileSync(house.project.path('.state', 'foundation.tfstate'), '');
  });

  test('gives Terraform a key for this bucket alone, and old lock versions an end', async () => {
    const [admin, key] = [house.store(house.admin), house.store(house.key)];
    expect(await ask(admin, 'PUT', '/another-bucket')).toBe('200');
    const versions = await listVersions(key, BUCKET, 'foundation.tfstate');
    expect(versions).toHaveLength(1);
    const forbidden: [S3Request['method'], string, string?][] = [
      ['GET', '/another-bucket?list-type=2'],
      ['PUT', '/another-bucket/x', 'x'],
      ['PUT', '/third-bucket'],
      ['DELETE', `/${BUCKET}`],
      ['DELETE', `/${BUCKET}/foundation.tfstate`],
      ['DELETE', `/${BUCKET}/foundation.tfstate?versionId=${versions[0]!.versionId}`],
      ['PUT', `/${BUCKET}?versioning`, '<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>'],
      ['PUT', `/${BUCKET}?policy`, '{"Version":"2012-10-17","Statement":[]}'],
      ['DELETE', `/${BUCKET}?lifecycle`],
    ];
    for (const [method, path, body] of forbidden) expect([method, path, await ask(key, method, path, body)]).toEqual([method, path, 'AccessDenied']);
    const body = '<Delete><Object><Key>foundation.tfstate</Key></Object></Delete>';
    const emptied = await s3Request(key, 'deleting', { method: 'POST', path: `/${BUCKET}?delete`, body, headers: contentMd5(body) });
    expect(element(emptied.text, 'Code')).toBe('AccessDenied');
    const rules = (await s3Request(admin, 'looking', { method: 'GET', path: `/${BUCKET}?lifecycle` })).text;
    expect(rules).toContain('<Prefix>foundation.tfstate.tflock</Prefix>');
    expect(rules).not.toContain('<Prefix>foundation.tfstate</Prefix>');
    expect(await listVersions(key, BUCKET, 'foundation.tfstate')).toEqual(versions);
  });
});

test('a second terminal is told who is at work here, whatever it wants to change', async () => {
  await exclusively({ base: house.project.path('.state') }, HOUSE, async () => {
    const said = new RegExp(`^state: '.+' is at work here since \\S+ \\(process ${process.pid}\\); nothing was run`);
    for (const words of ['apply foundation --yes', 'restore foundation', 'bootstrap --real', 'move --yes', 'run foundation -- untaint terraform_data.dns']) {
      expect(house.run(...words.split(' '))).toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(said) });
    }
  });
});

describe('an apply', () => {
  test('copies the new state, encrypted, to the host and to this machine', async () => {
    house.define({ ...GUESTS, n8n: { input: { vm_id: 102 } } });
    const run = house.apply();
    expect(run.output).toContain('guard: the plan may be applied');
    expect(run.code).toBe(0);
    expect(await names()).toEqual(['dns', 'minio', 'n8n', 'slow']);
    const files = copies('.state', 'copies');
    expect(files).toHaveLength(2);
    expect(copies('host', 'tank', 'backups', 'state')).toEqual(files);
    for (const file of files) expect(house.read('.state', 'copies', file).slice(0, 21)).toBe('age-encryption.org/v1');
  });

  test('without --yes and without a person to ask, changes nothing', async () => {
    house.define(GUESTS);
    const before = await remote();
    const run = house.run('apply', 'foundation');
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('nobody is there to say yes to: state: shall this plan be applied?');
    expect(await remote()).toEqual(before);
    house.define({ ...GUESTS, n8n: { input: { vm_id: 102 } } });
  });

  test('when the pool is not mounted on the host, still copies here, and says what is missing', () => {
    writeFileSync(house.project.path('host', 'fstype'), 'ext2/ext3\n');
    house.define({ ...GUESTS, n8n: { input: { vm_id: 112 } } });
    const run = house.apply();
    expect(run.code).toBe(1);
    expect(run.stderr).toContain('/tank is no ZFS file system: is the pool imported?');
    expect(run.stdout).toContain(`copied, encrypted, to ${house.project.path('.state', 'copies')}`);
    writeFileSync(house.project.path('host', 'fstype'), 'zfs\n');
    expect(house.run('backup').code).toBe(0);
    expect(copies('host', 'tank', 'backups', 'state')).toEqual(copies('.state', 'copies'));
  });
});

describe('a lock', () => {
  test('of a run at work: a second one is told who, since when, and what to type; afterwards it is free', async () => {
    house.define({ ...GUESTS, busy: slow(6) });
    const laptop = house.elsewhere();
    const first = house.start('apply', 'foundation', '--yes');
    await says(first, /busy: Creating/);
    const second = laptop.apply();
    laptop.project.remove();
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(/the state of 'foundation' is locked by \S+@\S+ since 20.* \(0 min\), for: apply; nothing was run\./);
    expect(second.stderr).toMatch(/\.\/house state unlock foundation [0-9a-f-]{36}/);
    first.stdout!.resume();
    expect((await once(first, 'exit'))[0]).toBe(0);
    expect(house.run('lock', 'foundation').stdout).toBe("state: the state of 'foundation' is free\n");
  });

  test('of a run that was killed stays until it is released by its id', async () => {
    house.define({ ...GUESTS, busy: slow(20) });
    const killed = house.start('apply', 'foundation', '--yes');
    await says(killed, /busy: Creating/);
    process.kill(-killed.pid!, 'SIGKILL');
    await once(killed, 'exit');
    const told = house.run('lock', 'foundation').stdout;
    const [, id] = /unlock foundation (\S+)/.exec(told)!;
    expect(told).toContain('is locked by');

    const wrong = house.run('unlock', 'foundation', '00000000-0000-0000-0000-000000000000');
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain(`the lock on 'foundation' has the id ${id}`);
    expect(house.run('unlock', 'foundation', id!).stdout).toContain("released: the state of 'foundation' is free");
    house.define(GUESTS);
    expect(house.apply().code).toBe(0);
  });
});

test('the server dies in the middle of an apply: the state is pushed afterwards and nothing is lost', async () => {
  house.define({ ...GUESTS, made: { input: 'before' }, busy: { ...slow(2), depends_on: ['terraform_data.made'] } });
  const apply = house.start('apply', 'foundation', '--yes');
  let errors = '';
  apply.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  await says(apply, /busy: Creating/);
  await house.killServer();
  apply.stdout!.resume();
  expect((await once(apply, 'exit'))[0]).toBe(1);
  expect(errors).toContain('do not apply again before it is pushed. See docs/state/server-died.md');
  expect(errors).toContain('./house state push-errored foundation');
  const errored = house.project.path('cdktf.out', 'stacks', 'foundation', 'errored.tfstate');
  expect(existsSync(errored)).toBe(true);

  const down = house.run('lock', 'foundation');
  expect(down.stderr).toContain('the object store does not answer; see docs/state/server-down.md');
  await house.startServer();
  const refused = house.run('push-errored', 'foundation');
  const [, id] = /unlock foundation (\S+)/.exec(refused.stderr)!;
  expect(existsSync(errored)).toBe(true);
  house.run('unlock', 'foundation', id!);
  expect(house.run('push-errored', 'foundation').output).toContain('errored.tfstate is removed');
  expect(await names()).toEqual(['busy', 'dns', 'made', 'minio', 'slow']);
  expect(existsSync(errored)).toBe(false);
});

test('an earlier version comes back as the newest, once the owner names what it replaces', async () => {
  house.define(GUESTS);
  expect(house.apply().code).toBe(0);
  const before = await remote();
  const list = house.run('versions', 'foundation').stdout;
  const [, id] = new RegExp(`(\\S+) of \\S+: serial ${before.serial - 1},`).exec(list)!;

  const refused = house.run('rollback', 'foundation', id!);
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(`add: --replace ${before.lineage.slice(0, 8)}:${before.serial}`);
  expect(await remote()).toEqual(before);

  const done = house.run('rollback', 'foundation', id!, '--replace', `${before.lineage.slice(0, 8)}:${before.serial}`);
  expect(done).toMatchObject({ code: 0, stderr: '' });
  expect((await remote()).lineage).toBe(before.lineage);
  expect((await remote()).serial).toBeGreaterThan(before.serial);
  expect(await names()).toContain('busy');
  expect(house.apply().code).toBe(0);
});

test('G1: an object store that was rolled back is noticed before anything is applied, until its state is named', async () => {
  const before = (await readObject(house.store(house.key), BUCKET, 'foundation.tfstate'))!;
  house.define({ ...GUESTS, since: { input: 'the snapshot' } });
  expect(house.apply().code).toBe(0);
  // As a rollback of the volume would: the earlier bytes under the same name.
  expect(await ask(house.store(house.admin), 'PUT', `/${BUCKET}/foundation.tfstate`, before)).toBe('200');
  const refused = house.apply();
  expect(refused.code).toBe(1);
  expect(refused.stderr).toMatch(/is older than its copy foundation\.[^]*Nothing was applied/);
  expect((await remote()).serial).toBe(parseSnapshot(before, 'before')!.serial);
  const [, version] = /keep foundation (\S+)/.exec(refused.stderr)!;
  expect(house.run('keep', 'foundation', version!).code).toBe(0);
  expect(house.apply().code).toBe(0);
  expect(await names()).toContain('since');
  house.define(GUESTS);
  expect(house.apply().code).toBe(0);
});

test('a wrong key is named as such, and a new one is made known by configure', () => {
  house.project.secrets(['rotate', 'state_secret_access_key']);
  const run = house.run('run', 'foundation', '--', 'plan');
  expect(run.code).toBe(1);
  expect(run.stderr).toContain("Terraform's key for the state is wrong; see docs/state/wrong-key.md");
  house.reload();
  expect(house.run('configure').code).toBe(0);
  expect(house.run('run', 'foundation', '--', 'plan', '-detailed-exitcode').code).toBe(0);
});

test('a server with a certificate of another authority is not trusted, until it has one of this house', async () => {
  house.project.secrets(['rotate', 'house_authority']);
  const run = house.run('run', 'foundation', '--', 'plan');
  expect(run.code).toBe(1);
  expect(run.stderr).toContain("the object store's certificate is not of this house; see docs/state/wrong-certificate.md");
  house.reload();
  await house.killServer();
  await house.startServer();
  expect(house.run('run', 'foundation', '--', 'plan', '-detailed-exitcode').code).toBe(0);
});

test('a bucket that is gone is made again and filled from the newest copy', async () => {
  house.run('backup');
  const before = await remote();
  for (const key of ['foundation.tfstate', 'foundation.tfstate.tflock']) {
    for (const { versionId } of await listVersions(house.store(house.admin), BUCKET, key)) await ask(house.store(house.admin), 'DELETE', `/${BUCKET}/${key}?versionId=${versionId}`);
  }
  expect(await ask(house.store(house.admin), 'DELETE', `/${BUCKET}`)).toBe('204');
  const run = house.apply();
  expect(run.code).toBe(1);
  // SeaweedFS may say of a bucket that was removed that the key is not allowed to.
  expect(run.stderr).toMatch(/the (state's )?bucket is not there[^;]*; see docs\/state\/missing-bucket\.md/);

  expect(house.run('configure').code).toBe(0);
  const restore = house.run('restore', 'foundation');
  expect(restore.output).toContain('foundation is now lineage');
  expect(restore.code).toBe(0);
  expect(await remote()).toEqual(before);
  expect(house.run('restore', 'foundation').stdout).toContain('it was that already');
});

test('a restore over a newer state needs its name, and a damaged copy is refused', async () => {
  const [file] = copies('.state', 'copies');
  const before = await remote();
  expect(house.run('restore', 'foundation', '--copy', file!).stderr).toContain(`--replace ${before.lineage.slice(0, 8)}:${before.serial}`);
  expect(await remote()).toEqual(before);

  for (const folder of [['.state', 'copies'], ['host', 'tank', 'backups', 'state']]) {
    const path = house.project.path(...folder, file!);
    const bytes = readFileSync(path);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(path, bytes);
  }
  const damaged = house.run('restore', 'foundation', '--copy', file!, '--replace', `${before.lineage.slice(0, 8)}:${before.serial}`);
  expect(damaged.code).toBe(1);
  expect(damaged.stderr).toContain(`opening '${file}' failed`);
  expect(await remote()).toEqual(before);
});

test('guest 105 is gone with its data: a bootstrap from the newest copy brings the very same state back', async () => {
  const before = await remote();
  await house.killServer();
  rmSync(house.project.path('objects'), { recursive: true });
  // The file was put there, and emptied, by an earlier test.
  rmSync(house.project.path('.state', 'foundation.tfstate'), { force: true });

  const newest = copies('host', 'tank', 'backups', 'state').at(-1)!;
  expect(house.run('copies', 'foundation').stdout).toContain(newest);
  expect(house.run('restore', 'foundation', '--local').stdout).toMatch(/is that copy; go on with: make bootstrap HOST=pve\n$/);
  expect(statSync(house.project.path('.state', 'foundation.tfstate')).mode & 0o777).toBe(0o600);
  expect(house.run('restore', 'foundation', '--local').stderr).toContain('is there already; nothing was changed');

  await house.startServer();
  const run = house.run('bootstrap', '--real');
  expect(run.output).toContain('the state is in the object store, and only there');
  expect(await remote()).toEqual(before);
  expect(existsSync(house.project.path('.state', 'foundation.tfstate'))).toBe(false);
});
