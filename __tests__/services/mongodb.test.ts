import { Vendor } from '../../drill/vendors/vendor';
import { expectSuccess, TEST_MS } from '../drill/containers/with-containers';
import { describeGuest } from './describe-guest';
import { serviceOf } from './guest';

const { version } = serviceOf('mongodb').settings as { version: string };

const unit = `[Unit]
Description=stand-in for MongoDB
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
  tests: (container, guest) => {
    const shell = (script: string, password?: string) => {
      const login = password ? `db.auth("admin", "${password}"); ` : '';
      return container().run(`mongosh --quiet --norc mongodb://${guest().service.address}:27017/admin --eval '${login}${script}'`);
    };
    const password = 'Value0of1mongodbadminpassword';

    test('lets nobody in without the password', () => {
      expect(shell('db.adminCommand({listDatabases: 1})').stderr).toContain('requires authentication');
      expect(shell('db.createUser({user: "other", pwd: "other", roles: ["root"]})').stderr).toContain('requires authentication');
      expect(shell('1', 'another').stderr).toContain('Authentication failed');
    });

    test('leaves no source behind that apt would refuse', () => {
      expect(container().run('ls /etc/apt/sources.list.d').stdout).toBe('debian.sources');
    });

    test('keeps what was written on its volume over a stop and a start', async () => {
      expect(shell('db.note.insertOne({text: "kept"})', password).status).toBe(0);
      expect(container().run('systemctl stop mongod && systemctl start mongod').status).toBe(0);
      await guest().recovery();
      expect(shell('db.note.findOne().text', password).stdout).toBe('"kept"');
      expect(container().run('ls /srv/volumes/mongodb/data').stdout).toContain('stand-in.sqlite');
    }, TEST_MS);

    test('takes another password of the secrets, without the old one', () => {
      const result = guest().converge({}, { mongodb_admin_password: 'Another1' });
      expectSuccess(result);
      expect(result.output).not.toMatch(/Another1|Value0of1mongodbadminpassword/);
      expect(shell('db.adminCommand({listDatabases: 1})', 'Another1').status).toBe(0);
      expect(shell('1', password).stderr).toContain('Authentication failed');
    }, TEST_MS);
  },
});
