import { Vendor } from '../../drill/vendors/vendor';
import { expectSuccess, TEST_MS } from '../drill/containers/with-containers';
import { describeGuest } from './describe-guest';
import { serviceOf, type Guest } from './guest';

const { version, admin_user: owner } = serviceOf('gitea').settings as { version: string; admin_user: string };
const PASSWORD = 'Value0of1giteaadminpassword';

function login(guest: Guest, password: string) {
  const browser = guest.browser();
  browser.send({ url: `${guest.url}/user/login`, form: { user_name: owner, password } });
  return browser.send({ url: `${guest.url}/user/settings` });
}

const basic = (password: string) => ({ Authorization: `Basic ${Buffer.from(`${owner}:${password}`).toString('base64')}` });

describeGuest('gitea', {
  program: 'stand-in',
  needs: ['postgresql'],
  variables: { postgresql: { postgresql_repository: 'debian' } },
  vendor: (container) => {
    const vendor = new Vendor(container);
    const sha256 = vendor.binary(`gitea-${version}-linux-amd64`, 'gitea-stand-in.py');
    // As after a download that was cut off: a program by its name, and nothing of use in it.
    container.write('/usr/local/bin/gitea', 'half');
    return { gitea_download_url: vendor.url, gitea_sha256: sha256 };
  },
  note: {
    leave: (guest) => guest.browser().send({ url: `${guest.url}/api/v1/user/repos`, json: { name: 'kept' }, headers: basic(PASSWORD) }),
    find: (guest) => (JSON.parse(login(guest, PASSWORD).body) as { repositories?: string[] }).repositories?.[0],
  },
  tests: (_container, guest) => {
    test('logs the owner in by plain http, with a cookie that a browser sends back, and nobody else', () => {
      expect(login(guest(), PASSWORD)).toMatchObject({ status: 200, url: `${guest().url}/user/settings`, cookies: [{ name: 'i_like_gitea', secure: false }] });
      expect(login(guest(), 'another').url).toBe(`${guest().url}/user/login`);
    });

    test('takes another password of the secrets with the run that brings it, and shows none', () => {
      const result = guest().convergeRole({ gitea_admin_password: 'Another1' });
      expectSuccess(result);
      expect(result.output).not.toContain('Another1');
      expect(login(guest(), 'Another1').url).toBe(`${guest().url}/user/settings`);
      expect(login(guest(), PASSWORD).url).toBe(`${guest().url}/user/login`);
      expectSuccess(guest().convergeRole());
    }, TEST_MS);
  },
});
