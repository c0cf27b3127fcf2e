import { Vendor } from '../../drill/vendors/vendor';
import { expectSuccess, TEST_MS } from '../drill/containers/with-containers';
import { serviceOf } from './guest';
import { describeGuest } from './describe-guest';

const { version } = serviceOf('trilium').settings as { version: string };

describeGuest('trilium', {
  program: 'stand-in',
  vendor: (container) => {
    const file = `TriliumNotes-Server-v${version}-linux-x64.tar.xz`;
    container.run('apt-get -qq install -y xz-utils');
    const { url, sha256 } = new Vendor(container).archive(file, { 'trilium.sh': 'trilium-stand-in.py' });
    // As after a power cut in the middle of unpacking: a directory that is not whole, with the program missing.
    container.write(`/opt/trilium-${version}.partial/package.json`, '{}');
    return { trilium_download_url: url, trilium_sha256: sha256 };
  },
  tests: (container, guest) => {
    const status = (path: string, form = '', host = guest().service.address): string =>
      container().run(`curl -s -o /dev/null -w '%{http_code}' ${form && `-d '${form}'`} http://${host}:8080${path}`).stdout;
    const login = (password: string): string => status('/login', `password=${password}`);

    test('leaves nothing of an unpacking that was cut off', () => {
      expect(container().run(`ls /opt`).stdout.split('\n').filter((name) => name.startsWith('trilium'))).toEqual([`trilium-${version}`]);
    });

    test('L9: has the password of the secrets, and no visitor can set one', () => {
      expect([login('Value0of1triliumpassword'), login('mine')]).toEqual(['302', '401']);
      expect(status('/set-password', 'password1=mine&password2=mine')).toBe('400');
      expect(login('mine')).toBe('401');
    });

    test('L9: listens on loopback alone after its notes were lost, and no new ones are made where copies are', () => {
      container().run('systemctl stop trilium; cd /var/lib/trilium; mkdir -p backup away; mv document.db* away; touch backup/backup-daily.db; systemctl start trilium');
      expect(container().run(`for i in $(seq 100); do curl -sf http://127.0.0.1:8080/api/health-check && exit 0; sleep 0.1; done; exit 1`).status).toBe(0);
      expect(status('/api/health-check')).toBe('000');
      const result = guest().convergeRole();
      expect(result.failed.join()).toContain('Restore document.db first');
      expect(status('/api/health-check')).toBe('000');
      container().run('systemctl stop trilium; cd /var/lib/trilium; mv away/document.db* .; rm -r backup away');
      expectSuccess(guest().convergeRole());
      expect(login('Value0of1triliumpassword')).toBe('302');
    }, TEST_MS);

    test('names a password of the secrets that is another one, and does not set it over what it locks', () => {
      const result = guest().convergeRole({ trilium_password: 'Another1' });
      expect(result.failed.join()).toContain('change it in Trilium');
      expect(result.output).not.toMatch(/Another1|Value0of1triliumpassword/);
      expect([login('Value0of1triliumpassword'), login('Another1')]).toEqual(['302', '401']);
    }, TEST_MS);
  },
});
