import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

import type { StackConfig } from '../../rehearsal/flow/stack';
import { guestList } from '../../rehearsal/node/guest-list';
import { blankNode } from '../../rehearsal/node/load-node';
import { reattachVariable } from '../../rehearsal/protocol/reattach';
import { loadStandIns, serveStandIns, type ServedStandIns } from '../../rehearsal/provider/serve';
import type { World } from '../../rehearsal/provider/world';
import { makeAuthority, makeCertificate, splitPem } from '../../secrets/certificates';
import { STACKS, type StackName } from '../../state/site';
import { houseStacks } from '../rehearsal/fixtures/house';
import { machine } from '../rehearsal/fixtures/machine';
import type { Run } from '../secrets/project';
import { ROOT } from '../tools/ensure-tools';
import { ensureTerraform } from './engine';
import { backend, writeStack } from './lab';
import { RealHouse } from './real-house';

const TSX = pathToFileURL(require.resolve('tsx')).href;

/** Removes what starts Ansible: guests are configured in tests of their own. */
function withoutPlaybooks(stack: StackConfig): StackConfig {
  const copy = structuredClone(stack);
  for (const trigger of Object.values((copy.resource?.null_resource ?? {}) as Record<string, Record<string, unknown>>)) delete trigger.provisioner;
  return copy;
}

/**
 * A house of real guests on a made-up node: the real Terraform, the real object store, this project's own programs, and
 * stand-ins for the providers in this process. So every program is started without blocking it.
 */
export class PveHouse {
  readonly world: World = { node: blankNode(machine), files: new Map(), made: 0 };
  readonly stacks = houseStacks();
  private served: ServedStandIns | undefined;
  /** Answers at the address of Proxmox VE's API; the provider that stands in does not ask it anything. */
  private api: Server | undefined;

  private constructor(readonly house: RealHouse) {}

  static async make(): Promise<PveHouse> {
    const pve = new PveHouse(await RealHouse.make());
    pve.served = await serveStandIns(loadStandIns(), pve.world);
    const { project } = pve.house;
    const [token] = pve.world.node.tokens;
    const set = project.secrets(['set', 'proxmox_api_token'], { input: `${token!.id}=${token!.secret}` });
    if (set.code !== 0) throw new Error(set.output);
    // The registry, where checksums of providers come from, is the only thing that is not asked.
    const { tool, program } = ensureTerraform();
    const wrapper = `#!/bin/sh\ncase "$*" in *"providers lock"*) exit;; esac\nexport TF_REATTACH_PROVIDERS='${reattachVariable(tool, pve.served.ports)}'\nexec ${program} "$@"\n`;
    writeFileSync(project.path('bin', 'terraform'), wrapper);
    chmodSync(project.path('bin', 'terraform'), 0o755);
    await pve.serveApi();
    pve.asProject();
    // The store that is started here is the one that guest 105 would run.
    (pve.containers('foundation').minio!.initialization as Record<string, unknown>).ip_config = [{ ipv4: { address: '127.0.0.1/24', gateway: '127.0.0.254' } }];
    pve.synth();
    pve.house.reload();
    return pve;
  }

  /** What `./house`, `npx` and cdktf look for. */
  private asProject(): void {
    const { project } = this.house;
    const write = (name: string, content: unknown) => writeFileSync(project.path(name), JSON.stringify(content));
    write('package.json', { name: 'house', private: true });
    write('cdktf.json', { language: 'typescript', app: 'true', projectId: 'house', sendCrashReports: 'false' });
    symlinkSync(join(ROOT, 'node_modules'), project.path('node_modules'));
    // The front door of a house whose tools and stacks are there.
    writeFileSync(project.path('house'), `#!/bin/sh\nroom=$1; shift\nexec node --import ${TSX} ${ROOT}/$room/main.ts "$@"\n`, { mode: 0o755 });
  }

  private async serveApi(): Promise<void> {
    const authority = await makeAuthority('Proxmox Virtual Environment');
    writeFileSync(this.house.project.path('host', 'pve-root-ca.pem'), splitPem(authority).certificatePem);
    const { keyPem, certificatePem } = splitPem(await makeCertificate(authority, ['127.0.0.1']));
    this.api = createServer({ key: keyPem, cert: certificatePem }).listen(0, '127.0.0.1');
    await once(this.api, 'listening');
    for (const { provider } of Object.values(this.stacks)) {
      (provider as { proxmox: { endpoint: string }[] }).proxmox[0]!.endpoint = `https://127.0.0.1:${(this.api.address() as AddressInfo).port}/`;
    }
  }

  /** Writes the stacks as a synth would. */
  synth(): void {
    const { project, endpoint } = this.house;
    for (const name of STACKS) {
      const stack = withoutPlaybooks(this.stacks[name]!);
      const metadata = { '//': { metadata: { backend: 's3', stackName: name, version: '0.21.0' }, outputs: {} } };
      writeStack(project, name, { ...metadata, ...stack, terraform: { ...stack.terraform, backend: backend(name, endpoint) } });
    }
    const entry = (name: StackName, dependencies: StackName[]) => ({ name, constructPath: name, workingDirectory: `stacks/${name}`, synthesizedStackPath: `stacks/${name}/cdk.tf.json`, annotations: [], dependencies });
    mkdirSync(project.path('cdktf.out'), { recursive: true });
    const manifest = { version: '0.21.0', stacks: { foundation: entry('foundation', []), services: entry('services', ['foundation']) } };
    writeFileSync(project.path('cdktf.out', 'manifest.json'), JSON.stringify(manifest));
  }

  /** Containers of a stack by name, to be edited before a synth. */
  containers(stack: StackName): Record<string, Record<string, unknown>> {
    return this.stacks[stack]!.resource!.proxmox_virtual_environment_container as Record<string, Record<string, unknown>>;
  }

  /** Writes down what the host would say now. */
  tellHost(): void {
    const { project } = this.house;
    writeFileSync(project.path('host', 'guests.json'), JSON.stringify(guestList(this.world.node)));
    const disks = this.world.node.volumes.filter(({ storage }) => storage === 'tank').map(({ volid }) => volid.replace(':', '/'));
    writeFileSync(project.path('host', 'disks'), ['tank', ...disks].join('\n'));
  }

  /** Runs a command line of the owner's, in his project, to its end. */
  async shell(line: string, environment: NodeJS.ProcessEnv = {}, folder = '.', asked?: () => string): Promise<Run> {
    this.tellHost();
    const { project } = this.house;
    const env = project.environment({ PATH: `${project.path('bin')}:${process.env.PATH}`, FAKE_HOST: project.path('host'), CI: '1', CHECKPOINT_DISABLE: '1', DISABLE_VERSION_CHECK: '1', ...environment });
    const child = spawn('bash', ['-c', line], { cwd: project.path(folder), env, stdio: ['pipe', 'pipe', 'pipe'] });
    if (!asked) child.stdin.end();
    else child.stdout.on('data', (chunk: Buffer) => chunk.includes('Only \'yes\'') && child.stdin.end(asked()));
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    return { code: code as number, stdout, stderr, output: stdout + stderr };
  }

  /** VMIDs of the guests on the node. */
  get vmids(): number[] {
    return this.world.node.guests.map(({ vmid }) => vmid).sort((a, b) => a - b);
  }

  async remove(): Promise<void> {
    this.served?.close();
    this.api?.close();
    await this.house.remove();
  }
}
