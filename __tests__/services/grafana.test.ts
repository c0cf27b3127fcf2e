import { Vendor } from '../../drill/vendors/vendor';
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
  },
});
