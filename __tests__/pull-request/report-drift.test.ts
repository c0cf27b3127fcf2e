import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { answer } from '../../common/command-line';
import { pullRequest } from '../../pull-request/command-line';
import { DRIFT_MARKER } from '../../pull-request/forge/drift-issue';
import { forge, type ForgeServer } from './forge-server';

const folder = mkdtempSync(join(tmpdir(), 'report-drift-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const drift = (values: readonly string[]) => [{ stack: 'services', address: 'proxmox_virtual_environment_container.n8n', kind: 'changed', values, apply: 'sets it back' }];

describe.each(['gitea', 'github'])('the issue about drift on %s', (kind) => {
  let server: ForgeServer;
  let said: string[];
  beforeEach(async () => {
    server = await forge();
    said = [];
    for (const stream of ['log', 'error'] as const) jest.spyOn(console, stream).mockImplementation((...texts: unknown[]) => void said.push(texts.join(' ')));
    process.env.FORGE_TOKEN = 'token-canary';
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    delete process.env.FORGE_TOKEN;
    await server.close();
  });

  async function report(content: string): Promise<number> {
    const file = join(folder, 'drift.json');
    writeFileSync(file, content);
    return answer(pullRequest, ['report-drift', '--forge', kind, '--api', server.api, '--repository', 'me/home', '--file', file]);
  }

  test('is opened once, renewed, closed when the drift is gone, and another one is opened for the next', async () => {
    expect(await report('[]')).toBe(0);
    expect(server.issues).toEqual([]);
    server.issues.push({ id: 1, number: 1, title: 'of a person', body: `about ${DRIFT_MARKER}`, state: 'open' });
    expect(await report(JSON.stringify(drift(['memory 512 → 1024 MiB'])))).toBe(0);
    expect(await report(JSON.stringify(drift(['memory 512 → 2048 MiB'])))).toBe(0);
    expect(server.issues).toHaveLength(2);
    expect(server.issues[1]).toMatchObject({ title: 'The house is not as it is defined', state: 'open', body: expect.stringContaining('n8n was changed past Terraform: memory 512 → 2048 MiB') });
    expect(await report('[]')).toBe(0);
    expect(server.issues[1]).toMatchObject({ state: 'closed', body: expect.stringContaining('as it is defined again') });
    expect(await report(JSON.stringify(drift(['memory 512 → 1024 MiB'])))).toBe(0);
    expect(server.issues.map(({ state }) => state)).toEqual(['open', 'closed', 'open']);
    expect(said.map((line) => line.split(': ')[1])).toEqual(['nothing to say', 'opened', 'updated', 'closed', 'opened']);
  });

  test.each(['', '[{', '{}', '[{"stack": 1}]', 'null'])('%j of a run that failed closes nothing', async (content) => {
    await report(JSON.stringify(drift(['x'])));
    expect(await report(content)).toBe(1);
    expect(said.at(-1)).toContain('the issue is left as it is');
    expect(server.issues[0]).toMatchObject({ state: 'open' });
  });

  test('names that hold Markdown stay names, and the token is in no text', async () => {
    await report(JSON.stringify(drift(['purpose a → </details> @everyone [l](http://evil.example)'])));
    expect(server.issues[0]!.body).not.toMatch(/[^\\]<\/details>|@everyone|http:\/\/evil/);
    expect([...server.bodies, ...said].join()).not.toContain('token-canary');
  });

  test('what is missing is said all at once', async () => {
    delete process.env.FORGE_TOKEN;
    expect(await answer(pullRequest, ['report-drift', '--forge', 'gitlab'])).toBe(1);
    expect(said.at(-1)).toMatch(/--api is missing; --repository is missing; --file is missing; --forge is github or gitea, got 'gitlab'; FORGE_TOKEN is not set/);
  });
});
