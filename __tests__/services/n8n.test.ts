import { nodeRelease } from '../../drill/vendors/node-release';
import { npmRegistry } from '../../drill/vendors/npm-registry';
import { Vendor } from '../../drill/vendors/vendor';
import { expectSuccess, TEST_MS } from '../drill/containers/with-containers';
import { BUILD_TIMEOUT_MS, ensureTools } from '../tools/ensure-tools';
import { describeGuest } from './describe-guest';
import { serviceOf, type Guest } from './guest';

const { version } = serviceOf('n8n').settings as { version: string };
const OWNER = 'owner@home.arpa';
const PASSWORD = 'Value0of1n8nownerpassword';

function login(guest: Guest, password: string) {
  const browser = guest.browser();
  browser.send({ url: `${guest.url}/rest/login`, json: { emailOrLdapLoginId: OWNER, password } });
  return browser;
}

beforeAll(() => ensureTools('node'), BUILD_TIMEOUT_MS);

describeGuest('n8n', {
  program: 'stand-in',
  needs: ['postgresql'],
  variables: { postgresql: { postgresql_repository: 'debian' } },
  vendor: (container) => {
    const vendor = new Vendor(container);
    const node = nodeRelease(vendor);
    // The stand-in has nothing to compile, and the real compilers are a fifth of the image.
    container.write('/opt/build/compilers/DEBIAN/control', 'Package: build-essential\nVersion: 1\nArchitecture: all\nMaintainer: none <root@localhost>\nDescription: stand-in\n');
    container.run('dpkg-deb --build /opt/build/compilers && dpkg -i /opt/build/compilers.deb');
    // As after an installation that was cut off: the program is there, and the note that it is whole is not.
    container.write(`/opt/n8n-${version}/bin/n8n`, 'half');
    return {
      n8n_node_mirror: node.mirror,
      n8n_node_version: node.version,
      n8n_node_sha256: node.sha256,
      n8n_npm_registry: npmRegistry(container, vendor, { name: 'n8n', version, program: 'n8n-stand-in.cjs', bundled: { bcryptjs: 'bcryptjs-stand-in.cjs' } }),
    };
  },
  note: {
    leave: (guest) => login(guest, PASSWORD).send({ url: `${guest.url}/rest/workflows`, json: { name: 'kept', nodes: [], connections: {} } }),
    find: (guest) => (JSON.parse(login(guest, PASSWORD).send({ url: `${guest.url}/rest/workflows` }).body) as { data: { name: string }[] }).data[0]?.name,
  },
  tests: (_container, guest) => {
    const inside = (password: string) => login(guest(), password).send({ url: `${guest().url}/rest/login` });

    test('logs the owner in by plain http, with a cookie that a browser sends back, and nobody else', () => {
      expect(inside(PASSWORD)).toMatchObject({ status: 200, cookies: [{ name: 'n8n-auth', secure: false }] });
      expect(inside('another').status).toBe(401);
    });

    test('takes another password of the secrets with the run that brings it, and shows none', () => {
      const result = guest().convergeRole({ n8n_owner_password: 'Another1' });
      expectSuccess(result);
      expect(result.output).not.toContain('Another1');
      expect(inside('Another1').status).toBe(200);
      expect(inside(PASSWORD).status).toBe(401);
      expectSuccess(guest().convergeRole());
    }, TEST_MS);
  },
});
