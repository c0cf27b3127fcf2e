import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

import { makeCertificate, splitPem } from '../../secrets/certificates';
import { openValues } from '../../secrets/make-missing';
import type { SecretValues } from '../../secrets/generate';
import type { Credentials, LocalServer, ObjectStore, ObjectStoreEngine } from '../../state/object-store';
import { Project, type Run } from '../secrets/project';
import { ENGINE } from './engine';
import { BUCKET, stack, startState, state, STATE_SPECS, writeStack, writeStoreFacts } from './lab';

/** Stands in for the host: runs a script here, with the pool in a folder; its guests and disks are files. */
const SSH = `#!/bin/sh
for script; do :; done
case "$script" in *pve-root-ca.pem) cat "$FAKE_HOST/pve-root-ca.pem"; exit;; 'pvesh get /storage '*) cat "$FAKE_HOST/storages.json"; exit;; pvesh*) cat "$FAKE_HOST/guests.json"; exit;; 'zfs list'*) cat "$FAKE_HOST/disks"; exit;; esac
export FAKE_HOST
exec sh -c "$(printf %s "$script" | sed -e "s#stat -f -c %T /tank#cat $FAKE_HOST/fstype#" -e "s#/tank/#$FAKE_HOST/tank/#g")"
`;

const INVENTORY = { all: { children: { metal: { hosts: { pve: { ansible_host: '192.0.2.10' } } } } } };

/** In place of the role that installs the server: this house's server is started by the test. */
const PLAYBOOK = [
  {
    name: 'Install minio',
    hosts: 'localhost',
    connection: 'local',
    gather_facts: false,
    tasks: [{ name: 'Tell that it ran', 'ansible.builtin.copy': { content: 'installed', dest: '{{ playbook_dir }}/installed.txt', mode: '0600' } }],
  },
];

/** A house with secrets of its own whose object store is a real server on this machine. */
export class RealHouse {
  server: LocalServer | undefined;
  private values: SecretValues = {};

  private constructor(
    readonly project: Project,
    private port: number,
    private engine: ObjectStoreEngine,
  ) {}

  /** @param engine what guest 105 runs. @default - the engine under test */
  static async make(engine = ENGINE): Promise<RealHouse> {
    const project = Project.fresh(STATE_SPECS);
    project.secrets(['init']);
    const house = new RealHouse(project, await freePort(), engine);
    house.reload();
    const write = (content: unknown, ...parts: string[]) => {
      mkdirSync(project.path(...parts.slice(0, -1)), { recursive: true });
      writeFileSync(project.path(...parts), typeof content === 'string' ? content : JSON.stringify(content));
    };
    write(SSH, 'bin', 'ssh');
    chmodSync(project.path('bin', 'ssh'), 0o755);
    write('zfs\n', 'host', 'fstype');
    write([], 'host', 'guests.json');
    write('tank\n', 'host', 'disks');
    write('[defaults]\ninventory = ../cdktf.out/ansible/inventories/prod.yml\n', 'ansible', 'ansible.cfg');
    write(INVENTORY, 'cdktf.out', 'ansible', 'inventories', 'prod.yml');
    write(PLAYBOOK, 'cdktf.out', 'ansible', 'playbooks', 'guests', 'minio.yml');
    writeStoreFacts(project, engine);
    await house.startServer();
    return house;
  }

  /** Reads its secrets anew, after one was changed. */
  reload(): void {
    const { root, keyFile } = this.project;
    this.values = openValues({ root, folder: root, keyFile });
  }

  get endpoint(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  /** @param objects name of the folder that it keeps its objects in. @default - that of the engine */
  async startServer(objects = this.engine.role): Promise<void> {
    const authority = this.values.house_authority!;
    this.server = await this.engine.serve({
      dataFolder: this.project.path('objects', objects),
      certificateFolder: this.project.path(`server-${objects}`),
      authorityPem: splitPem(authority).certificatePem,
      ...splitPem(await makeCertificate(authority, ['127.0.0.1'])),
      port: this.port,
      admin: this.admin,
    });
  }

  /** Gives the house another engine, as another role for guest 105 and a run of its playbook do. */
  async changeEngine(engine: ObjectStoreEngine): Promise<void> {
    await this.server?.stop();
    this.engine = engine;
    writeStoreFacts(this.project, engine);
    await this.startServer();
  }

  /**
   * Says in the definition that the state is kept elsewhere from now on.
   * @param isDeclared whether it says as well where the state was. @default true
   */
  async moveAddress(isDeclared = true): Promise<void> {
    const from = this.endpoint;
    this.port = await freePort();
    writeStoreFacts(this.project, this.engine, isDeclared ? { endpoint: from, bucket: BUCKET } : undefined);
  }

  /** The move is over: the definition no longer says where the state was. */
  forgetMove(): void {
    writeStoreFacts(this.project, this.engine);
  }

  /** Ends the server without warning. */
  async killServer(): Promise<void> {
    const { process: server } = this.server!;
    server.kill('SIGKILL');
    await once(server, 'exit');
  }

  get admin(): Credentials {
    return { accessKeyId: this.values.minio_root_user!, secretAccessKey: this.values.minio_root_password! };
  }

  get key(): Credentials {
    return { accessKeyId: this.values.state_access_key_id!, secretAccessKey: this.values.state_secret_access_key! };
  }

  store(credentials: Credentials): ObjectStore {
    return { endpoint: this.endpoint, authorityPath: this.project.path('.state', 'ca.pem'), credentials };
  }

  /** Writes the stacks, as a synth would. */
  define(resources: Readonly<Record<string, unknown>>, services: Readonly<Record<string, unknown>> = {}): void {
    writeStack(this.project, 'foundation', stack('foundation', this.endpoint, resources));
    writeStack(this.project, 'services', stack('services', this.endpoint, services));
  }

  private get environment(): NodeJS.ProcessEnv {
    return { PATH: `${this.project.path('bin')}:${process.env.PATH}`, FAKE_HOST: this.project.path('host') };
  }

  run(...args: string[]): Run {
    return state(this.project, args, this.environment);
  }

  start(...args: string[]): ChildProcess {
    return startState(this.project, args, this.environment);
  }

  apply(): Run {
    return this.run('apply', 'foundation', '--yes');
  }

  /** A clone of the project on another machine of the owner's: the same secrets and object store. */
  elsewhere(): RealHouse {
    const other = new RealHouse(this.project.copy(), this.port, this.engine);
    other.values = this.values;
    return other;
  }

  async remove(): Promise<void> {
    await this.server?.stop();
    this.project.remove();
  }

  /** Text of a file of the project. */
  read(...parts: string[]): string {
    return readFileSync(this.project.path(...parts), 'utf8');
  }
}

/** Waits until a process says something. @returns what it said so far */
export async function says(child: ChildProcess, words: RegExp): Promise<string> {
  let text = '';
  for await (const line of createInterface({ input: child.stdout! })) {
    text += `${line}\n`;
    if (words.test(line)) break;
  }
  return text;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

export { BUCKET };
