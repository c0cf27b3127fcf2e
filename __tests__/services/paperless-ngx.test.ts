import { Vendor } from '../../drill/vendors/vendor';
import { expectSuccess, TEST_MS } from '../drill/containers/with-containers';
import { describeGuest } from './describe-guest';
import { serviceOf, type Guest } from './guest';

const { version } = serviceOf('paperless-ngx').settings as { version: string };

function soon(guest: Guest, commandLine: string): boolean {
  return guest.run(`for i in $(seq 300); do ${commandLine} && exit 0; sleep 0.2; done; exit 1`, 90).status === 0;
}

// Its database is the real PostgreSQL, its broker the real Valkey, its Python packages the real Django, Celery and Granian,
// installed by the real uv; Paperless' own code is a stand-in.
describeGuest('paperless-ngx', {
  program: 'stand-in',
  needs: ['postgresql'],
  variables: { postgresql: { postgresql_repository: 'debian' }, 'paperless-ngx': { paperless_ngx_consumer_polling_sec: 1 } },
  vendor: (container) => {
    container.run('apt-get -qq install -y xz-utils');
    const vendor = new Vendor(container);
    const { url, sha256 } = vendor.archive(`paperless-ngx-v${version}.tar.xz`, { '.': 'paperless' });
    return { paperless_ngx_download_url: url, paperless_ngx_sha256: sha256, guest_base_pypi_url: vendor.pythonIndex() };
  },
  // Through all four parts, to the volume and to the database.
  note: {
    leave: (guest) => {
      guest.run('echo paper >/var/lib/paperless-ngx/consume/letter.pdf');
      expect(soon(guest, `curl -s ${guest.url}/titles/ | grep -q letter`)).toBe(true);
      expect(soon(guest, '[ -e /var/lib/paperless-ngx/data/beat ]')).toBe(true);
    },
    find: (guest) => guest.ask(`${guest.url}/titles/`).includes('letter') && guest.run('ls /var/lib/paperless-ngx/media/documents/originals').stdout === 'letter.pdf' && 'kept',
  },
  tests: (container, guest) => {
    const login = (password: string) =>
      container().run(`curl -s -o /dev/null -w '%{http_code}' -d '{"username": "admin", "password": "${password}"}' ${guest().url}/api/token/`).stdout;

    test('takes another password of the secrets', () => {
      expect(login('Value0of1paperlessadminpassword')).toBe('200');
      const result = guest().converge({}, { paperless_admin_password: 'Another1' });
      expectSuccess(result);
      expect(result.output).not.toMatch(/Another1|Value0of1paperlessadminpassword/);
      expect(login('Another1')).toBe('200');
      expect(login('Value0of1paperlessadminpassword')).toBe('400');
    }, TEST_MS);
  },
});
