import { PVE_ADMIN } from '../common/privileges';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { rehearse } from './flow/rehearsal';
import { readStacks, type StackConfig } from './flow/stack';
import type { Phase } from './flow/stack-run';
import { table } from './flow/table';
import { findTool, type InstalledTool } from './flow/tool';
import { blankNode } from './node/load-node';
import { readMachine, type Machine } from './node/machine';
import { loadStandIns, serveStandIns } from './provider/serve';
import { reattachVariable } from './protocol/reattach';
import { loadScenario } from './scenarios/load-scenario';

const SERVICES = 1000;
const FIRST_VMID = 1000;
const WHOLE_LIMIT_SEC = 20;
const SHARE_LIMIT = 1 / 3;

/** Time and processor time of one measured row, in seconds. */
interface Row {
  readonly what: string;
  readonly wallSec: number;
  readonly terraformCpuSec: number | null;
  readonly standInCpuSec: number | null;
}

/** The call of the tool behind each phase of a rehearsal. */
const CALLS: Readonly<Record<Phase, readonly string[]>> = {
  init: ['init', '-input=false'],
  validate: ['validate'],
  plan: ['plan', '-out=plan'],
  guard: ['show', '-json', 'plan'],
  apply: ['apply', 'plan'],
  again: ['plan'],
};

/** A machine that is never too small. */
const machine: Machine = {
  name: 'bench',
  version: '9.1.5',
  cores: 1,
  memoryMiB: 1024,
  bridges: ['vmbr0'],
  rootGiB: 1_000_000,
  pools: [],
  imageStorages: ['local'],
  token: { user: 'bench@pve', privileges: PVE_ADMIN },
};

/**
 * Measures the rehearsal and prints a table: the whole journey over the stacks of a folder, the same calls with no
 * resources, and many made-up services.
 *
 * @returns Whether every limit held.
 */
export async function benchRehearsal(stackDir: string, services = SERVICES): Promise<boolean> {
  const tool = findTool(process.env);
  const { row: whole, phases } = await wholeRehearsal(tool, stackDir);
  const bare = await toolRun(tool, 'the same calls with no resources', {}, phases);
  const many = await toolRun(tool, `${services} services, plan and apply`, manyServices(services), ['plan', 'apply']);
  const share = (many.standInCpuSec ?? 0) / (many.terraformCpuSec ?? 1);
  const number = (value: number | null): string => (value === null ? '' : value.toFixed(1));
  const rows = [whole, bare, many].map((row) => [
    row.what,
    number(row.wallSec),
    number(row.terraformCpuSec),
    number(row.standInCpuSec),
  ]);
  console.log(table(['rehearsal', 'wall s', 'terraform CPU s', 'stand-in CPU s'], rows).join('\n'));
  console.log(
    `stand-in CPU per Terraform CPU: ${share.toFixed(2)}, limit ${SHARE_LIMIT.toFixed(2)}; whole rehearsal: limit ${WHOLE_LIMIT_SEC} s`
  );
  return share < SHARE_LIMIT && whole.wallSec <= WHOLE_LIMIT_SEC;
}

async function wholeRehearsal(tool: InstalledTool, stackDir: string): Promise<{ row: Row; phases: Phase[]; }> {
  const phases: Phase[] = [];
  const own = process.cpuUsage();
  const { millis, unmet } = await rehearse({
    tool,
    stacks: readStacks(stackDir),
    machine: readMachine(stackDir),
    scenario: loadScenario('blank-host'),
    progress: (_stack, phase) => void phases.push(phase),
    say: () => undefined,
  });
  if (unmet.length > 0) throw new Error(`the rehearsal to be measured did not hold: ${unmet.join('; ')}`);
  const row = { what: 'whole rehearsal of the stacks', wallSec: millis / 1000, terraformCpuSec: null, standInCpuSec: cpuSince(own) };
  return { row, phases };
}

/** Containers without prerequisites besides one template and one storage, each with a null_resource like a service. */
function manyServices(count: number): StackConfig {
  const vmids = Array.from({ length: count }, (_, index) => FIRST_VMID + index);
  const container = (vmid: number): Record<string, unknown> => ({
    node_name: machine.name,
    vm_id: vmid,
    unprivileged: true,
    tags: ['bench'],
    cpu: { cores: 1 },
    memory: { dedicated: 512, swap: 0 },
    disk: { datastore_id: 'local', size: 4 },
    features: { nesting: true },
    initialization: { hostname: `s${vmid}`, ip_config: [{ ipv4: { address: 'dhcp' } }] },
    network_interface: [{ name: 'eth0', bridge: machine.bridges[0] }],
    operating_system: { template_file_id: 'local:vztmpl/bench.tar.zst', type: 'debian' },
  });
  return {
    resource: {
      proxmox_virtual_environment_container: Object.fromEntries(vmids.map((vmid) => [`s${vmid}`, container(vmid)])),
      null_resource: Object.fromEntries(
        vmids.map((vmid) => [
          `s${vmid}`,
          { triggers: { guest: `\${proxmox_virtual_environment_container.s${vmid}.id}` } },
        ])
      ),
    },
  };
}

/** Runs the tool on a made-up stack and counts both sides' processor time. */
async function toolRun(tool: InstalledTool, what: string, config: StackConfig, phases: readonly Phase[]): Promise<Row> {
  const folder = mkdtempSync(join(tmpdir(), 'rehearsal-bench-'));
  const node = blankNode(machine);
  node.storages[0].content.push('rootdir');
  node.volumes.push({ volid: 'local:vztmpl/bench.tar.zst', storage: 'local', content: 'vztmpl', sizeGiB: 1 });
  const token = `${node.tokens[0].id}=${node.tokens[0].secret}`;
  const served = await serveStandIns(loadStandIns(), { node, files: new Map(), made: 0 });
  try {
    writeFileSync(
      join(folder, 'cdk.tf.json'),
      JSON.stringify({
        terraform: {
          backend: { local: {} },
          required_providers: {
            proxmox: { source: 'bpg/proxmox' },
            null: { source: 'hashicorp/null' },
            local: { source: 'hashicorp/local' },
          },
        },
        provider: { proxmox: { endpoint: 'https://127.0.0.1:8006/', api_token: token } },
        ...config,
      })
    );
    const environment = {
      ...process.env,
      CHECKPOINT_DISABLE: '1',
      TF_CLI_CONFIG_FILE: '/dev/null',
      TF_REATTACH_PROVIDERS: reattachVariable(tool.tool, served.ports),
    };
    await measured(tool, folder, environment, CALLS.init);
    // A plan that needs no making is shown and applied where the rehearsal had one.
    if (phases[0] !== 'plan') await measured(tool, folder, environment, CALLS.plan);
    const begin = performance.now();
    const own = process.cpuUsage();
    let terraformCpuSec = 0;
    for (const phase of phases) terraformCpuSec += await measured(tool, folder, environment, CALLS[phase]);
    return {
      what,
      wallSec: (performance.now() - begin) / 1000,
      terraformCpuSec,
      standInCpuSec: cpuSince(own),
    };
  } finally {
    served.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Processor time of this process since a mark, in seconds. */
function cpuSince(mark: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(mark);
  return (user + system) / 1e6;
}

/** Runs one call under a shell, whose `times` tells the processor time of the tool it waited for. */
async function measured(tool: InstalledTool, cwd: string, env: NodeJS.ProcessEnv, args: readonly string[]): Promise<number> {
  const script = '"$@" >/dev/null || exit $?; times';
  const child = spawn('sh', ['-c', script, 'sh', tool.program, ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  const code = await new Promise<number | null>((done) => child.once('close', done));
  if (code !== 0) throw new Error(`${tool.program} ${args.join(' ')} failed: ${Buffer.concat(stderr).toString('utf8')}`);
  const children = Buffer.concat(stdout).toString('utf8').trim().split('\n').pop() ?? '';
  return [...children.matchAll(/(\d+)m([\d.]+)s/g)].reduce((sum, [, min, sec]) => sum + Number(min) * 60 + Number(sec), 0);
}

if (require.main === module) {
  const { values } = parseArgs({ options: { 'stack-dir': { type: 'string' }, services: { type: 'string' } } });
  const stackDir = resolve(values['stack-dir'] ?? 'cdktf.out/stacks');
  void benchRehearsal(stackDir, Number(values.services ?? SERVICES)).then((held) => {
    process.exitCode = held ? 0 : 1;
  });
}
