import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HomelabProps } from '../../../constructs';
import { homelab } from '../../../homelab';
import { withService } from '../../helpers/alter';
import { emit } from '../../helpers/emitted';
import { root } from '../../helpers/run-synth';

const variablesOf = (lab: HomelabProps, host: string) => emit(lab).ansible(`inventories/host_vars/${host}.yml`);

test('a health question becomes a probe by name; white space of what is expected does not count, and its marks mean themselves', () => {
  const lab = withService('grafana', { health: { kind: 'http', port: 3000, path: '/x', expect: '"a": [1]' } }, homelab);
  const probes = variablesOf(lab, 'prometheus').prometheus_probes as { name: string; expect?: string }[];
  const { expect: pattern, ...probe } = probes.find(({ name }) => name === 'grafana')!;
  expect(probe).toEqual({ name: 'grafana', prober: 'http', target: 'http://grafana.home.arpa:3000/x' });
  expect('{ "a" : [ 1 ] }').toMatch(new RegExp(pattern!));
  expect('{ "a" : 1 }').not.toMatch(new RegExp(pattern!));
});

test('a health command is asked by the guest itself, and by nobody else', () => {
  expect(variablesOf(homelab, 'postgresql')).toMatchObject({ node_exporter_health_command: 'pg_isready -h 127.0.0.1 -p 5432', node_exporter_dump_dir: '/var/lib/postgresql/dumps' });
  expect(JSON.stringify(variablesOf(homelab, 'prometheus').prometheus_probes)).not.toContain('postgresql');
});

test('the walls let who watches ask for health', () => {
  const doors = variablesOf(homelab, 'mongodb').guest_walls_doors as { who: string; ports: number[] }[];
  expect(doors.find(({ who }) => who === 'monitoring')?.ports).toContain(27_017);
});

test('thresholds are those of the definition', () => {
  const lab = { ...homelab, budget: { poolWarnShare: 0.7 }, host: { ...homelab.host, settings: { pve_backup: { max_age_hours: 50 } } } };
  const text = JSON.stringify(variablesOf(lab, 'prometheus').prometheus_rules);
  expect(text).toContain('homelab_pool_allocated_ratio > 0.7');
  expect(text).toContain(`pve_backup_newest_timestamp_seconds > ${54 * 3600}`);
});

test('a guest that does not start with the host may be down', () => {
  const names = (lab: HomelabProps) => (variablesOf(lab, 'pve').node_exporter_guests as { name: string }[]).map(({ name }) => name);
  expect(names(homelab)).toContain('n8n');
  expect(names(withService('n8n', { startOnBoot: false }, homelab))).not.toContain('n8n');
});

test('where nobody is told, synth says so; an address that may hold a token is a secret of the house', () => {
  expect(emit(homelab).notices).toContainEqual(expect.stringContaining("declare 'alerts'"));
  const emitted = emit({ ...homelab, alerts: { kind: 'ntfy' } });
  expect(emitted.notices).not.toContainEqual(expect.stringContaining("declare 'alerts'"));
  expect(emitted.ansible('inventories/host_vars/prometheus.yml').prometheus_receiver).toEqual({ kind: 'ntfy', url: '{{ homelab_secrets.alerts_url }}' });
  expect(emitted.text('secrets/manifest.json')).toContain('"alerts_url"');
});

describe('machine-metrics', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'homelab-metrics-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Runs it with commands that answer as given; the metrics it left, and its exit code. */
  function measure(config: unknown, commands: Readonly<Record<string, string>> = {}) {
    mkdirSync(join(folder, 'bin'), { recursive: true });
    for (const [name, lines] of Object.entries(commands)) {
      writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${lines}\n`);
      chmodSync(join(folder, 'bin', name), 0o755);
    }
    writeFileSync(join(folder, 'config.json'), JSON.stringify(config));
    const env = { ...process.env, PATH: `${join(folder, 'bin')}:${process.env['PATH']}`, MACHINE_METRICS_CONFIG: join(folder, 'config.json'), TZ: 'UTC' };
    const run = spawnSync('python3', [join(root, 'ansible/roles/node_exporter/files/machine-metrics'), '--textfile-dir', folder], { encoding: 'utf8', env });
    return { status: run.status, complaint: run.stderr, metrics: readFileSync(join(folder, 'machine-metrics.prom'), 'utf8').split('\n').filter((line) => !line.startsWith('#') && line !== '') };
  }
  const zpool = (scan: string): Readonly<Record<string, string>> => ({ zpool: `case $1 in list) printf '1000\\t250\\tDEGRADED\\n' ;; *) echo '  scan: ${scan}' ;; esac` });

  test('says how full the pool is, that it is not ONLINE, and when the last scrub ended with what', () => {
    expect(measure({ pool: 'tank' }, zpool('scrub repaired 4K in 1 days 00:24:12 with 3 errors on Sun Nov  8 00:24:13 2026')).metrics).toEqual([
      'homelab_pool_allocated_ratio{pool="tank"} 0.25', 'homelab_pool_online{pool="tank"} 0',
      `homelab_pool_scrub_timestamp_seconds{pool="tank"} ${Date.UTC(2026, 10, 8, 0, 24, 13) / 1000}`, 'homelab_pool_scrub_errors{pool="tank"} 3',
    ]);
  });

  test('a scrub that runs is no old one, and a pool that never had one is', () => {
    const ended = (scan: string): number => Number(measure({ pool: 'tank' }, zpool(scan)).metrics[2]!.split(' ')[1]);
    expect(ended('scrub in progress since Sun Nov  8 00:24:13 2026')).toBeGreaterThan(Date.now() / 1000 - 60);
    expect(ended('none requested')).toBe(0);
  });

  test('what cannot be measured is said, and does not stop the rest', () => {
    const { status, complaint, metrics } = measure({ health: 'exit 1', pool: 'tank' }, { zpool: 'exit 1' });
    expect([status, metrics]).toEqual([1, ['homelab_health_ok 0']]);
    expect(complaint).toContain('machine-metrics: pool:');
  });

  test('a guest that is gone neither runs nor is as defined; a dump that was never finished is none', () => {
    mkdirSync(join(folder, 'dumps/2026.partial'), { recursive: true });
    writeFileSync(join(folder, 'dumps/2026.partial/manifest.json'), '{}');
    expect(measure({ dumps: join(folder, 'dumps'), guests: [{ name: 'n8n', vmid: 102, cores: 2, memory_mib: 64 }] }, { pvesh: 'echo []' }).metrics).toEqual([
      'homelab_dump_newest_timestamp_seconds 0', 'homelab_guest_running{guest="n8n"} 0', 'homelab_guest_as_defined{guest="n8n"} 0',
    ]);
  });

  test('nothing that lies in the exporter’s folder leads it to another file', () => {
    writeFileSync(join(folder, 'victim'), 'mine');
    symlinkSync(join(folder, 'victim'), join(folder, 'machine-metrics.prom.partial'));
    measure({ health: 'true' });
    expect(readFileSync(join(folder, 'victim'), 'utf8')).toBe('mine');
  });
});
