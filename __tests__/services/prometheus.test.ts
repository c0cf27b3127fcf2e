import type { AlertRule, Dashboard } from '../../constructs/core/watch';
import { homelab } from '../../homelab';
import { emit } from '../helpers/emitted';
import type { Container } from '../../drill/containers/container';
import { expectSuccess, TEST_MS } from '../drill/containers/with-containers';
import { describeGuest } from './describe-guest';
import { promtoolCases, ruleCases } from './rule-cases';

const emitted = emit(homelab);
const rules = emitted.ansible('inventories/host_vars/prometheus.yml').prometheus_rules as AlertRule[];
const dashboards = emitted.ansible('inventories/host_vars/grafana.yml').grafana_dashboards as Dashboard[];
const panels = dashboards.flatMap(({ title, panels: own }) => own.map((panel) => [title, panel.title, panel] as const));

/** What only the host has: its two commands answer here as on a Proxmox VE, and its backups' metrics lie where they are left. */
function beTheHost(container: Container): Readonly<Record<string, unknown>> {
  const command = (name: string, lines: string): void => {
    container.write(`/usr/local/bin/${name}`, `#!/bin/sh\n# stand-in\n${lines}`);
    container.run(`chmod +x /usr/local/bin/${name}`);
  };
  const gib = 1024 ** 3;
  command('zpool', `case "$1" in list) printf '${1000 * gib}\\t${420 * gib}\\tONLINE\\n' ;; status) echo '  scan: scrub repaired 0B in 00:00:12 with 0 errors on '"$(LC_ALL=C date '+%a %b %e %H:%M:%S %Y')" ;; esac\n`);
  command('pvesh', `echo '[{"vmid": 102, "name": "n8n", "status": "running", "maxcpu": 2, "maxmem": ${2 * gib}}, {"vmid": 103, "name": "postgresql", "status": "stopped", "maxcpu": 4, "maxmem": ${2 * gib}}]'\n`);
  container.write('/srv/dumps/2026-11-26T02-00-00-000000Z/manifest.json', '{}');
  container.write('/var/lib/prometheus/node-exporter/pve-backup.prom', `pve_backup_newest_timestamp_seconds{of="102"} ${Math.floor(Date.now() / 1000)}\npve_backup_newest_readable{of="102"} 1\n`);
  return {
    node_exporter_pool: 'tank',
    node_exporter_dump_dir: '/srv/dumps',
    node_exporter_guests: [{ name: 'n8n', vmid: 102, cores: 2, memory_mib: 2048 }, { name: 'postgresql', vmid: 103, cores: 2, memory_mib: 2048 }],
    prometheus_scrape_interval: '2s',
    prometheus_receiver: { kind: 'webhook', url: 'http://127.0.0.1:8099/alerts?token=nobody' },
  };
}

/** A program in the container that takes what is posted, and shows it at /tmp/NAME. */
const take = (name: string, port: number, tls = ''): string => `systemd-run --quiet --unit=${name} python3 -c '
import http.server, ssl
class Taker(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        open("/tmp/${name}", "ab").write(self.path.encode() + b" " + self.rfile.read(int(self.headers["Content-Length"])) + b"\\n"); self.send_response(200); self.end_headers()
    def do_GET(self):
        self.send_response(200); self.end_headers()
server = http.server.ThreadingHTTPServer(("0.0.0.0", ${port}), Taker)
${tls}
server.serve_forever()'`;

describeGuest('prometheus', {
  program: 'real',
  vendor: beTheHost,
  tests: (container, guest) => {
    const api = (path: string): any => JSON.parse(guest().ask(`http://${guest().service.address}:9090/api/v1/${path}`).slice(4)).data; // eslint-disable-line @typescript-eslint/no-explicit-any
    const query = (expr: string): { metric: Record<string, string>; value: [number, string] }[] => api(`query?query=${encodeURIComponent(expr)}`).result;
    const until = async (holds: () => boolean): Promise<void> => {
      for (let attempt = 0; attempt < 120 && !holds(); attempt++) await new Promise((resolve) => setTimeout(resolve, 1000));
    };

    test('asks every target by its name, in the protocol that it speaks', () => {
      const urls = (api('targets').activeTargets as { scrapeUrl: string }[]).map(({ scrapeUrl }) => scrapeUrl);
      expect(urls).toContain('https://minio.home.arpa:9000/minio/v2/metrics/cluster');
      expect(urls.filter((url) => /\d+\.\d+\.\d+\.\d+/.test(url) && !url.startsWith('http://127.0.0.1:9115/probe?'))).toEqual([]);
      expect((api('targets').activeTargets as { labels: { instance: string } }[]).map(({ labels }) => labels.instance)).toContain('paperless-ngx');
    });

    test('finds the node exporter of its own machine by name', async () => {
      await until(() => query('up{instance="prometheus",job="node"} == 1').length > 0);
      expect(query('up{instance="prometheus",job="node"}').map(({ value }) => value[1])).toEqual(['1']);
    }, TEST_MS);

    test('asks the health questions of the definition: who answers is well, over TLS of the house too, and who does not is not', async () => {
      container().write('/tmp/store.pem', guest().secret('minio_certificate'));
      expect(container().run(`ip address add 192.168.88.228/32 dev lo && ${take('store', 9000, 'c = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER); c.load_cert_chain("/tmp/store.pem"); server.socket = c.wrap_socket(server.socket, server_side=True)')}`)).toMatchObject({ status: 0 });
      await until(() => query('probe_success == 1').length >= 2);
      const well = query('probe_success == 1').map(({ metric }) => metric['instance']).sort();
      expect(well).toEqual(['minio', 'prometheus']);
      expect(query('probe_success').length).toBe(homelab.services.filter(({ health }) => health.kind !== 'command').length);
    }, TEST_MS);

    test('the host measures its pool and its guests: one runs as it is defined, one does neither', async () => {
      await until(() => query('homelab_guest_running{instance="pve"}').length > 0);
      const of = (metric: string) => Object.fromEntries(query(`${metric}{instance="pve"}`).map(({ metric: { guest: name, pool }, value }) => [name ?? pool, Number(value[1])]));
      expect(of('homelab_guest_running')).toEqual({ n8n: 1, postgresql: 0 });
      expect(of('homelab_guest_as_defined')).toEqual({ n8n: 1, postgresql: 0 });
      expect(of('homelab_pool_allocated_ratio')).toEqual({ tank: 0.42 });
    }, TEST_MS);

    test.each(panels)('dashboard %s, panel %s: its question has an answer', async (_dashboard, _title, { expr, legend }) => {
      await until(() => query(expr).length > 0);
      expect(query(expr)).not.toEqual([]);
      if (expr.includes('vector(0)')) return;
      expect(query(expr)[0]!.metric[legend]).toBeDefined();
    }, TEST_MS);

    test('every rule fires for what is bad, and not for what is well', () => {
      expect(Object.keys(ruleCases).sort()).toEqual(rules.map(({ alert }) => alert).sort());
      container().write('/tmp/rules-test.json', promtoolCases('/etc/prometheus/homelab-rules.yml'));
      expect(container().run('promtool check rules /etc/prometheus/homelab-rules.yml && promtool test rules /tmp/rules-test.json', 120)).toMatchObject({ status: 0 });
    }, TEST_MS);

    test('a service that ends again and again: the owner is told which, and what to do', async () => {
      expect(container().run(take('owner', 8099))).toMatchObject({ status: 0 });
      container().write('/etc/systemd/system/looper.service', '[Unit]\nStartLimitIntervalSec=0\n[Service]\nExecStart=/bin/false\nRestart=always\nRestartSec=500ms\n');
      container().run('systemctl daemon-reload; systemctl start looper');
      const told = (): string => container().run('grep looper.service /tmp/owner').stdout;
      await until(() => told() !== '');
      expect(told()).toMatch(/^\/alerts\?token=nobody \{/);
      const [said] = (JSON.parse(told().split('\n')[0]!.replace(/^\S+ /, '')) as { alerts: { labels: Record<string, string>; annotations: Record<string, string> }[] }).alerts;
      expect(said).toMatchObject({ labels: { alertname: 'RestartLoop', severity: 'critical' }, annotations: { summary: expect.stringMatching(/^\w+: looper\.service: a service ends and is started again and again$/), remedy: expect.stringContaining('journalctl') } });
      container().run('systemctl stop looper');
    }, TEST_MS);

    test.each([['mail', { kind: 'mail', to: 'owner@example.org', sender: 'homelab@home.arpa', server: '192.168.88.1:25' }], ['nobody', { kind: 'none' }]])('another receiver, %s, is one that Alertmanager takes', (_what, receiver) => {
      guest().variables = { ...guest().variables, prometheus_receiver: receiver };
      expectSuccess(guest().convergeRole());
      expect(container().run('amtool check-config /etc/prometheus/alertmanager.yml')).toMatchObject({ status: 0 });
    }, TEST_MS);
  },
});
