import type { CommandResult } from '../../drill/containers/container';
import { Vendor } from '../../drill/vendors/vendor';
import { expectSuccess, TEST_MS } from '../drill/containers/with-containers';
import { describeGuest } from './describe-guest';
import { serviceOf, type Guest } from './guest';
import { healthFromOutside, raiseWalls, reaches } from './walls';

const { version } = serviceOf('mongodb').settings as { version: string };

const unit = `[Unit]
Description=stand-in for MongoDB
After=network-online.target
Wants=network-online.target
[Service]
User=mongodb
Group=mongodb
ExecStart=/usr/bin/mongod --config /etc/mongod.conf
[Install]
WantedBy=multi-user.target
`;
const postinst = `#!/bin/sh
set -e
install -d -o mongodb -g mongodb /var/log/mongodb
`;

const password = 'Value0of1mongodbadminpassword';

function shell(guest: Guest, script: string, withPassword?: string): CommandResult {
  const login = withPassword ? `db.auth("admin", "${withPassword}"); ` : '';
  return guest.run(`mongosh --quiet --norc mongodb://${guest.service.address}:27017/admin --eval '${login}${script}'`);
}

describeGuest('mongodb', {
  program: 'stand-in',
  vendor: (container) => {
    container.run('apt-get -qq install -y gnupg');
    const { url, keyUrl, fingerprint } = new Vendor(container).aptRepository({
      name: 'mongodb',
      suite: 'bookworm/mongodb-org/7.0',
      component: 'main',
      // In the form of the vendor's own key: bound by SHA-1, which the apt of Debian 13 refuses.
      key: "KEY_OPTIONS='--cert-digest-algo SHA1 --faked-system-time 20230118T120000' KEY_TYPE=rsa2048 KEY_EXPIRES=5y",
      packages: [
        {
          name: 'mongodb-org-server',
          version,
          program: { file: 'mongod-stand-in.py', path: '/usr/bin/mongod' },
          files: { '/usr/lib/systemd/system/mongod.service': unit, '/etc/mongod.conf': '# as the package brings it\n', '/DEBIAN/conffiles': '/etc/mongod.conf\n', '/DEBIAN/postinst': postinst },
          depends: 'python3-yaml',
        },
        { name: 'mongodb-mongosh', version: '2.5.0', program: { file: 'mongosh-stand-in.py', path: '/usr/bin/mongosh' }, depends: 'quickjs' },
        { name: 'mongodb-database-tools', version: '100.12.0', program: { file: 'mongosh-stand-in.py', path: '/usr/bin/mongodump' } },
      ],
    });
    return { mongodb_apt_url: url, mongodb_apt_key_url: keyUrl, mongodb_apt_key_fingerprint: fingerprint };
  },
  note: {
    leave: (guest) => expect(shell(guest, 'db.note.insertOne({text: "kept"})', password).status).toBe(0),
    find: (guest) => JSON.parse(shell(guest, 'db.note.findOne().text', password).stdout),
  },
  tests: (container, guest) => {
    test('lets nobody in without the password', () => {
      expect(shell(guest(), 'db.adminCommand({listDatabases: 1})').stderr).toContain('requires authentication');
      expect(shell(guest(), 'db.createUser({user: "other", pwd: "other", roles: ["root"]})').stderr).toContain('requires authentication');
      expect(shell(guest(), '1', 'another').stderr).toContain('Authentication failed');
    });

    test('leaves no source behind that apt would refuse', () => {
      expect(container().run('ls /etc/apt/sources.list.d').stdout).toBe('debian.sources');
    });

    test('behind its walls answers the owner as before, and no guest that does not need it', () => {
      container().run('systemd-run --quiet --collect --unit=undeclared python3 -m http.server 4444');
      const { address } = guest().service;
      const [owner, n8n] = ['192.168.88.1', serviceOf('n8n').address];
      expect(healthFromOutside(container(), 'mongodb')).toMatchObject({ ok: true });
      expect(reaches(container(), n8n, address, 27017)).toBe(true);
      expectSuccess(raiseWalls(container(), 'mongodb'));
      expect(healthFromOutside(container(), 'mongodb')).toMatchObject({ ok: true });
      expect(reaches(container(), n8n, address, 27017)).toBe(false);
      expect(reaches(container(), serviceOf('prometheus').address, address, 9100)).toBe(true);
      expect(reaches(container(), owner, address, 4444)).toBe(false);
    }, TEST_MS);

    test('takes another password of the secrets, without the old one', () => {
      const result = guest().convergeRole({ mongodb_admin_password: 'Another1' });
      expectSuccess(result);
      expect(result.output).not.toMatch(/Another1|Value0of1mongodbadminpassword/);
      expect(shell(guest(), 'db.adminCommand({listDatabases: 1})', 'Another1').status).toBe(0);
      expect(shell(guest(), '1', password).stderr).toContain('Authentication failed');
      expectSuccess(guest().convergeRole());
    }, TEST_MS);
  },
});
