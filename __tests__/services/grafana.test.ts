import { Vendor } from '../../drill/vendors/vendor';
import { expectSuccess, TEST_MS } from '../drill/containers/with-containers';
import { describeGuest } from './describe-guest';

const unit = `[Unit]
Description=stand-in for Grafana
[Service]
User=grafana
Group=grafana
ExecStart=/usr/share/grafana/bin/grafana server --config=/etc/grafana/grafana.ini
Restart=on-failure
[Install]
WantedBy=multi-user.target
`;

describeGuest('grafana', {
  program: 'stand-in',
  vendor: (container) => {
    const { url, keyUrl, fingerprint } = new Vendor(container).aptRepository({
      name: 'grafana',
      suite: 'stable',
      component: 'main',
      packages: [{
        name: 'grafana',
        version: '13.2.3',
        program: { file: 'grafana-stand-in.py', path: '/usr/share/grafana/bin/grafana' },
        files: { '/usr/lib/systemd/system/grafana-server.service': unit, '/etc/grafana/grafana.ini': '; as the package brings it\n' },
      }],
    });
    return { grafana_apt_url: url, grafana_apt_key_url: keyUrl, grafana_apt_key_fingerprint: fingerprint };
  },
  tests: (container, guest) => {
    const starts = (): number => (JSON.parse(guest().ask(`http://${guest().service.address}:3000/api/health`).slice(4)) as { starts: number }).starts;

    test('keeps its database on its volume over a stop and a start', () => {
      const before = starts();
      expect(container().run('systemctl stop grafana-server && systemctl start grafana-server').status).toBe(0);
      expect(container().run('for i in $(seq 50); do ss -Hltn | grep -q :3000 && exit 0; sleep 0.1; done; exit 1').status).toBe(0);
      expect(starts()).toBe(before + 1);
      expect(container().run('ls /srv/volumes/grafana/data').stdout).toContain('grafana.db');
    });

    test('takes another password of the secrets, and the old one opens nothing', () => {
      const login = (password: string): string => container().run(`curl -s -o /dev/null -w '%{http_code}' -u 'admin:${password}' http://${guest().service.address}:3000/api/user`).stdout;
      expect(login('Value0of1grafanaadminpassword')).toBe('200');
      const result = guest().converge({}, { grafana_admin_password: 'Another1' });
      expectSuccess(result);
      expect(result.output).not.toMatch(/Another1|Value0of1grafanaadminpassword/);
      expect([login('Another1'), login('Value0of1grafanaadminpassword')]).toEqual(['200', '401']);
      expect(container().run('stat -c %U /var/lib/grafana/grafana.db').stdout.trim()).toBe('grafana');
    }, TEST_MS);
  },
});
