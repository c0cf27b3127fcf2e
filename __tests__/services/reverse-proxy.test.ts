import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { disposable, proxyRoutes, type HomelabProps, type ServiceProps } from '../../constructs';
import { playRole } from '../../drill/containers/ansible';
import { commonBase } from '../../drill/containers/common-base';
import { Container, CONTAINER_ADDRESS } from '../../drill/containers/container';
import { homelab } from '../../homelab';
import { makeAuthority, makeCertificate, splitPem } from '../../secrets/certificates';
import { describeInContainer, expectSuccess, TEST_MS } from '../drill/containers/with-containers';
import { emit } from '../helpers/emitted';
import { Browser, type Answer, type Request } from './browser';

const PROXY = '192.168.88.238';
const proxy: ServiceProps = {
  name: 'proxy', vmId: 122, tier: 'platform', purpose: 'Services by name', address: PROXY, role: 'reverse_proxy',
  cores: 1, memoryMiB: 256, diskGiB: 4,
  ports: [{ port: 80, use: 'to TLS' }, { port: 443, use: 'all names' }],
  health: { kind: 'http', port: 80, path: '/health' },
  exposure: { kind: 'none' },
  data: disposable('its routes and certificates follow from the definition'),
  settings: { routes: proxyRoutes },
};
const house: HomelabProps = { ...homelab, services: [...homelab.services.map((each) => (each.name === 'gitea' ? { ...each, exposure: { kind: 'name' as const } } : each)), proxy] };
const NAME = 'gitea.home.arpa';

/** A service behind the proxy: it logs whoever posts in with a cookie, and shows who has it what the proxy says of its visitor. */
const BACKEND = `
import http.server, json
class Service(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.send_response(303)
        self.send_header("Location", "/mine")
        self.send_header("Set-Cookie", "session=owner; Path=/; HttpOnly" + ("; Secure" if self.headers["X-Forwarded-Proto"] == "https" else ""))
        self.end_headers()
    def do_GET(self):
        self.send_response(200 if "session=owner" in self.headers.get("Cookie", "") else 401)
        self.end_headers()
        self.wfile.write(json.dumps({name: self.headers[name] for name in ("Host", "X-Forwarded-For", "X-Forwarded-Proto")}).encode())
http.server.ThreadingHTTPServer(("0.0.0.0", 3000), Service).serve_forever()`;

describeInContainer('reverse_proxy (real), for services by name', (container) => {
  let authority: string;
  let variables: { readonly reverse_proxy_routes: readonly unknown[] };
  const send = (request: Request): Answer => new Browser(container()).send({ names: { [NAME]: PROXY, 'other.home.arpa': PROXY }, authority, ...request });

  beforeAll(async () => {
    const made = await makeAuthority('homelab', { domains: ['home.arpa'], networks: ['192.168.88.0/24'] });
    authority = join(container().folder, 'authority.pem');
    writeFileSync(authority, splitPem(made).certificatePem);
    const { reverse_proxy_routes: [route] } = emit(house).ansible('inventories/host_vars/proxy.yml') as { reverse_proxy_routes: [{ upstream_url: string }] };
    expect(route).toMatchObject({ host: NAME, upstream_url: 'http://192.168.88.223:3000', certificate: '{{ homelab_secrets.gitea_name_certificate }}' });
    variables = { reverse_proxy_routes: [{ ...route, upstream_url: `http://${CONTAINER_ADDRESS}:3000`, certificate: await makeCertificate(made, [NAME]) }] };
    container().write('/srv/service.py', BACKEND);
    expect(container().run(`ip address add ${PROXY}/32 dev lo && systemd-run --quiet python3 /srv/service.py`)).toMatchObject({ status: 0 });
    expectSuccess(playRole(container(), 'reverse_proxy', { variables }));
  }, 2 * TEST_MS);

  test('logs the owner in over TLS of the house’s authority, with a cookie that goes over nothing else; the service hears who came', () => {
    const page = send({ url: `https://${NAME}/login`, form: { user: 'owner' }, headers: { 'X-Forwarded-For': '203.0.113.1' } });
    expect(page).toMatchObject({ status: 200, url: `https://${NAME}/mine`, cookies: [{ name: 'session', secure: true }] });
    expect(JSON.parse(page.body)).toEqual({ Host: NAME, 'X-Forwarded-For': '192.168.88.1', 'X-Forwarded-Proto': 'https' });
  });

  test('sends whoever comes without TLS to it', () => {
    expect(send({ url: `http://${NAME}/mine` })).toMatchObject({ status: 401, url: `https://${NAME}/mine` });
  });

  test('warns a browser that does not trust the authority of the house, and has no certificate for a name that nobody declared', () => {
    expect(() => send({ url: `https://${NAME}/`, authority: '/etc/ssl/certs/ca-certificates.crt' })).toThrow(/certificate verify failed/i);
    expect(() => send({ url: 'https://other.home.arpa/' })).toThrow(/unrecognized.name/i);
  });

  test('is well by the check of its definition, and a check run changes nothing', () => {
    expect(send({ url: `http://${PROXY}/health` }).status).toBe(200);
    const result = playRole(container(), 'reverse_proxy', { variables, check: true });
    expectSuccess(result);
    expect(result.changed).toEqual([]);
  }, TEST_MS);
}, async () => Container.start({ folder: await commonBase() }));
