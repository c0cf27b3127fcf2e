import { existsSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { X509Certificate } from 'node:crypto';

import { makeCertificate, splitPem } from '../../secrets/certificates';
import { openValues } from '../../secrets/make-missing';
import { exampleStore } from '../../secrets/store';
import { readObject } from '../../state/s3';
import { parseSnapshot, type Snapshot } from '../../state/snapshot';
import { Project } from '../secrets/project';
import { BUILD_TIMEOUT_MS } from '../tools/ensure-tools';
import { AGAIN, ENGINE, ensureEngine } from './engine';
import { BUCKET, GUESTS, stack, startState, state, STATE_SPECS, writeStack, writeStoreFacts } from './lab';

jest.setTimeout(10 * 60_000);

const ENDPOINT = 'https://192.0.2.1:9000';

let template: Project;
beforeAll(() => {
  ensureEngine();
  template = Project.fresh(STATE_SPECS);
  template.secrets(['example']);
  writeStoreFacts(template);
  writeStack(template, 'foundation', stack('foundation', ENDPOINT, GUESTS));
  writeStack(template, 'services', stack('services', ENDPOINT, {}));
}, BUILD_TIMEOUT_MS);
afterAll(() => template.remove());

/** Ends a process, or its whole group, at once; it may have ended by itself. */
function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * Runs a bootstrap and kills it when it says something.
 * @param whole whether to kill the whole group, as when the machine goes down, or only the program, whose children
 * live on
 * @returns whether it said it
 */
async function killAt(project: Project, words: RegExp, whole: boolean): Promise<boolean> {
  const child = startState(project, ['bootstrap']);
  const exit = once(child, 'exit');
  for await (const line of createInterface({ input: child.stdout! })) {
    if (!words.test(line)) continue;
    kill(whole ? -child.pid! : child.pid!);
    await exit;
    return true;
  }
  return false;
}

/** Reads what the rehearsal's object store holds, after it was stopped. */
async function remoteStates(project: Project) {
  const values = openValues(exampleStore(project.root));
  const { certificatePem } = splitPem(values.house_authority!);
  const server = await ENGINE.serve({
    dataFolder: project.path('.state', 'rehearsal', 'objects'),
    certificateFolder: project.path('again'),
    authorityPem: certificatePem,
    ...splitPem(await makeCertificate(values.house_authority!, ['127.0.0.1'])),
    admin: { accessKeyId: values.minio_root_user!, secretAccessKey: values.minio_root_password! },
  });
  try {
    // Read with Terraform's own key, which the bootstrap made.
    const credentials = { accessKeyId: values.state_access_key_id!, secretAccessKey: values.state_secret_access_key! };
    const store = { endpoint: server.endpoint, authorityPath: project.path('.state', 'rehearsal', 'ca.pem'), credentials };
    const read = (key: string) => readObject(store, BUCKET, key);
    return { foundation: await read('foundation.tfstate'), services: await read('services.tfstate'), lock: await read('foundation.tfstate.tflock') };
  } finally {
    await server.stop();
  }
}

const names = (text: string | undefined) => (parseSnapshot(text, 'test')!.resources as { name: string }[]).map(({ name }) => name).sort();

test('undisturbed, it ends with the state in the object store and nowhere else', async () => {
  const project = template.copy();
  try {
    const run = state(project, ['bootstrap']);
    expect(run.output).toContain('the state is in the object store, and only there');
    expect(run.code).toBe(0);
    const remote = await remoteStates(project);
    expect(names(remote.foundation)).toEqual(['dns', 'minio', 'slow']);
    expect(remote.services).toBeUndefined();
    expect(remote.lock).toBeUndefined();
    expect(existsSync(project.path('.state', 'rehearsal', 'foundation.tfstate'))).toBe(false);
    expect(new X509Certificate(readFileSync(project.path('.state', 'rehearsal', 'ca.pem'))).subject).toBe('CN=test house example');
  } finally {
    project.remove();
  }
});

/** Every step when it begins, and when it is done, which a quick one may have been before the kill came. */
const POINTS = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((step) => [
  ...(AGAIN ? [] : [[`the beginning of step ${step}`, new RegExp(`^state: rehearsal: \\[${step}/8\\]`)] as const]),
  [`the end of step ${step}`, new RegExp(`^state: rehearsal: \\[${step}/8\\] .*: (done|was done before)$`)] as const,
]);

describe.each([
  ['with everything it had started', true],
  ['alone, its Terraform living on', false],
])('killed %s', (_how, whole) => {
  let project: Project;
  let applied: Snapshot | undefined;
  beforeAll(() => (project = template.copy()));
  afterAll(() => project.remove());

  const local = () => project.path('.state', 'rehearsal', 'foundation.tfstate');
  const readLocal = () => parseSnapshot(readFileSync(local(), 'utf8'), 'local');

  test('while Terraform makes a guest', async () => {
    expect(await killAt(project, /terraform_data.slow: Creating/, whole)).toBe(true);
  });

  test.each(POINTS)('at %s, going on from the kill before', async (point, words) => {
    expect(await killAt(project, words, whole)).toBe(true);
    if (point === 'the end of step 1') applied = readLocal();
    // Until the states have been compared, the local one is there and the same.
    if (applied && !point.endsWith('step 8')) expect(readLocal()).toEqual(applied);
  });

  test('the state is then in the object store, the very same, and nowhere else', async () => {
    const remote = await remoteStates(project);
    expect(names(remote.foundation)).toEqual(['dns', 'minio', 'slow']);
    // Lineage, serial, resources and outputs.
    expect(parseSnapshot(remote.foundation, 'remote')).toEqual(applied);
    expect(remote.lock).toBeUndefined();
    expect(existsSync(local())).toBe(false);
  });

  test('run once more, it finishes', () => {
    expect(state(project, ['bootstrap'])).toMatchObject({ code: 0, stderr: '' });
  });
});

test('two at once: the second is refused and names the first', async () => {
  const project = template.copy();
  try {
    const first = startState(project, ['bootstrap']);
    const exit = once(first, 'exit');
    await once(first.stdout!, 'data');
    const second = state(project, ['bootstrap']);
    expect(second.code).toBe(1);
    expect(second.stderr).toMatch(new RegExp(`^state: '\\S*state/main.ts bootstrap' is at work here since \\S+ \\(process ${first.pid}\\); nothing was run`));
    first.stdout!.resume();
    expect((await exit)[0]).toBe(0);
  } finally {
    project.remove();
  }
});
