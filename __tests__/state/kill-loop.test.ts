import { existsSync, readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { X509Certificate } from 'node:crypto';

import { makeCertificate, splitPem } from '../../secrets/certificates';
import { minio } from '../../state/engines/minio';
import { openValues } from '../../secrets/make-missing';
import { exampleStore } from '../../secrets/store';
import { readObject } from '../../state/s3';
import { parseSnapshot } from '../../state/snapshot';
import { Project } from '../secrets/project';
import { BUILD_TIMEOUT_MS, ensureTools } from '../tools/ensure-tools';
import { BUCKET, GUESTS, stack, startState, state, STATE_SPECS, writeStack } from './lab';

jest.setTimeout(10 * 60_000);

/** What a bootstrap says when a step begins and when it is done: it is killed at each of these. */
const STEP = /^state: (\[\d\/8\] .*)$/;
const ENDPOINT = 'https://192.0.2.1:9000';

let template: Project;
beforeAll(() => {
  ensureTools('age', 'sops', 'minio', 'mc');
  template = Project.fresh(STATE_SPECS);
  template.secrets(['example']);
  writeStack(template, 'foundation', stack('foundation', ENDPOINT, GUESTS));
  writeStack(template, 'services', stack('services', ENDPOINT, {}));
}, BUILD_TIMEOUT_MS);
afterAll(() => template.remove());

/**
 * Runs a bootstrap and kills it at a step line, counted from 0 among those of steps that were not done before.
 * @param whole whether to kill the whole group, as when the machine goes down, or only the program, whose children
 * live on
 * @returns the line, or undefined when the run had fewer
 */
async function killAt(project: Project, line: number, whole: boolean): Promise<string | undefined> {
  const child = startState(project, ['bootstrap']);
  const exit = once(child, 'exit');
  let seen = 0;
  for await (const text of createInterface({ input: child.stdout! })) {
    const step = STEP.exec(text)?.[1];
    if (!step || step.includes('was done before') || seen++ < line) continue;
    // In the middle of a step rather than before its first breath.
    if (!step.endsWith(': done')) await sleep(200);
    process.kill(whole ? -child.pid! : child.pid!, 'SIGKILL');
    await exit;
    return step;
  }
  return undefined;
}

/** Reads what the rehearsal's object store holds, after it was stopped. */
async function remoteStates(project: Project) {
  const values = openValues(exampleStore(project.root));
  const { certificatePem } = splitPem(values.house_authority!);
  const server = await minio.serve({
    dataFolder: project.path('.state', 'rehearsal', 'objects'),
    certificateFolder: project.path('again'),
    authorityPem: certificatePem,
    ...splitPem(await makeCertificate(values.house_authority!, ['127.0.0.1'])),
    admin: { accessKeyId: 'admin', secretAccessKey: values.minio_root_password! },
  });
  try {
    // Read with Terraform's own key, which the bootstrap made.
    const credentials = { accessKeyId: values.state_access_key_id!, secretAccessKey: values.state_secret_access_key! };
    const store = { endpoint: server.endpoint, authorityPath: project.path('.state', 'rehearsal', 'ca.pem'), credentials };
    const read = (key: string) => readObject(store, BUCKET, key);
    return { foundation: read('foundation.tfstate'), services: read('services.tfstate'), lock: read('foundation.tfstate.tflock') };
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
    expect(new X509Certificate(readFileSync(project.path('.state', 'rehearsal', 'ca.pem'))).subject).toBe('CN=test house');
  } finally {
    project.remove();
  }
});

describe.each([
  ['with everything it had started', true],
  ['alone, its Terraform living on', false],
])('killed %s', (_how, whole) => {
  test('in every step and after every step, it finishes and nothing is lost', async () => {
    const project = template.copy();
    const local = project.path('.state', 'rehearsal', 'foundation.tfstate');
    try {
      const killed: string[] = [];
      let applied: unknown;
      for (;;) {
        // The first two lines of a run after the first are the server's, which is started each time.
        const step = await killAt(project, killed.length < 4 ? killed.length % 2 : 2 + (killed.length % 2), whole);
        if (!step) break;
        killed.push(step);
        if (step.includes('apply foundation') && step.endsWith(': done')) applied = parseSnapshot(readFileSync(local, 'utf8'), 'local');
        // Until the states were compared, the local one is untouched.
        if (applied && killed.length < 14) expect(parseSnapshot(readFileSync(local, 'utf8'), 'local')).toEqual(applied);
      }
      expect(killed.filter((step) => step.endsWith(': done')).map((step) => step.slice(0, 5))).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `[${n}/8]`));
      expect(killed.filter((step) => !step.endsWith(': done')).map((step) => step.slice(0, 5))).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((n) => `[${n}/8]`));

      const remote = await remoteStates(project);
      expect(names(remote.foundation)).toEqual(['dns', 'minio', 'slow']);
      // The very same: lineage, serial, resources, outputs.
      expect(parseSnapshot(remote.foundation, 'remote')).toEqual(applied);
      expect(remote.lock).toBeUndefined();
      expect(existsSync(local)).toBe(false);
    } finally {
      project.remove();
    }
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
    expect(second.stderr).toBe(`state: another bootstrap is at work here (process ${first.pid}); wait for it\n`);
    first.stdout!.resume();
    expect((await exit)[0]).toBe(0);
  } finally {
    project.remove();
  }
});
