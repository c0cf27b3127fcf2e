import { checkHomelab, disposable, hostPartOf, originOf, overTls, proxiesBefore, proxyRoutes, tunnelIngress, urlOf, type Exposure, type ServiceProps } from '../../../constructs';
import { resolveSetting } from '../../../constructs/core/setting';
import { factsOf } from '../../../constructs/lab-facts';
import { homelab } from '../../../homelab';
import { emit } from '../../helpers/emitted';
import { smallHouse } from '../../helpers/small-house';

const [garage, valkey, miniflux] = smallHouse.services as readonly [ServiceProps, ServiceProps, ServiceProps];
const everything = { url: urlOf('miniflux'), origin: originOf('miniflux'), host: hostPartOf('miniflux'), tls: overTls('miniflux'), proxies: proxiesBefore('miniflux') };
const factsWith = (exposure?: Exposure, more: Partial<ServiceProps> = {}): ReturnType<typeof factsOf> =>
  factsOf({ ...smallHouse, services: [garage, valkey, { ...miniflux, ...more, ...(exposure ? { exposure } : {}) } as ServiceProps] });

test.each<[string, Exposure | undefined, object]>([
  ['by address when nothing is declared', undefined, { url: 'http://10.61.6.23:8484/', host: '10.61.6.23', tls: false, proxies: 0 }],
  ['by another port', { kind: 'lan', port: 8080 }, { url: 'http://10.61.6.23:8080/' }],
  ['by name', { kind: 'name' }, { url: 'https://miniflux.attic.internal/', host: 'miniflux.attic.internal', tls: true, proxies: 1 }],
  ['through the tunnel', { kind: 'tunnel', hostname: 'read.example.org' }, { url: 'https://read.example.org/', origin: 'https://read.example.org', tls: true, proxies: 1 }],
])('a service is reached %s', (_how, exposure, expected) => {
  expect(resolveSetting(everything, factsWith(exposure))).toMatchObject(expected);
});

test('a service that speaks TLS itself is reached over it', () => {
  expect(resolveSetting(everything, factsWith(undefined, { health: { kind: 'https', port: 8484, path: '/' } }))).toMatchObject({ url: 'https://10.61.6.23:8484/', tls: true });
});

test('the tunnel’s ingress is the list of services behind it, each at its address', () => {
  expect(resolveSetting(tunnelIngress, factsWith({ kind: 'tunnel', hostname: 'read.example.org' }))).toEqual([
    { hostname: 'read.example.org', service: 'http://10.61.6.23:8484' },
  ]);
  expect(resolveSetting(tunnelIngress, factsWith())).toEqual([]);
});

test('fails when a setting asks how a service is reached that nobody reaches', () => {
  expect(() => resolveSetting(urlOf('valkey'), factsWith())).toThrow('nobody does');
  expect(() => resolveSetting(urlOf('valkie'), factsWith())).toThrow('no service of the house');
});

describe('a house with a reverse proxy, and one service by name', () => {
  const proxy: ServiceProps = {
    name: 'proxy', vmId: 4290, tier: 'platform', purpose: 'Names', address: '10.61.6.99', role: 'reverse_proxy', cores: 1, memoryMiB: 64, diskGiB: 1,
    ports: [{ port: 80, use: 'to TLS' }, { port: 443, use: 'names' }], health: { kind: 'http', port: 80, path: '/health' },
    exposure: { kind: 'none' }, data: disposable('nothing is kept'), settings: { routes: proxyRoutes },
  };
  const house = { ...smallHouse, services: [garage, valkey, { ...miniflux, exposure: { kind: 'name' } } as ServiceProps, proxy] };
  const emitted = emit(house);
  const variables = (name: string) => emitted.ansible(`inventories/host_vars/${name}.yml`);

  test('the proxy has a route and a certificate of its own for the name', () => {
    expect(variables('proxy').reverse_proxy_routes).toEqual([{ host: 'miniflux.attic.internal', upstream_url: 'http://10.61.6.23:8484', certificate: '{{ homelab_secrets.miniflux_name_certificate }}' }]);
    const { secrets } = JSON.parse(emitted.text('secrets/manifest.json')) as { secrets: { name: string; howToMake: object }[] };
    expect(secrets.find(({ name }) => name === 'miniflux_name_certificate')?.howToMake).toEqual({ kind: 'certificate', issuer: 'house_authority', hosts: ['miniflux.attic.internal'] });
  });

  test('people reach the proxy and not the service; the proxy reaches the service, and its certificates are watched', () => {
    expect(factsOf(house).probes).toContainEqual({ name: 'miniflux.attic.internal', prober: 'tls', target: 'proxy.attic.internal:443', server_name: 'miniflux.attic.internal' });
    expect(variables('proxy').guest_walls_web).toEqual([80, 443]);
    expect(variables('miniflux').guest_walls_web).toEqual([]);
    expect(variables('miniflux').guest_walls_doors).toContainEqual({ who: 'the proxy', from: ['10.61.6.99'], ports: [8484] });
  });

  test('the DNS server of the LAN is told where the proxy is, in every form, and other machines keep their own address', () => {
    expect(emitted.text('dns/hosts')).toContain('\n10.61.6.99 miniflux.attic.internal miniflux\n');
    expect(emitted.text('dns/dnsmasq.conf')).toContain('\nhost-record=miniflux.attic.internal,10.61.6.99\n');
    expect(emitted.text('dns/routeros.rsc')).toContain('\nadd name=miniflux.attic.internal address=10.61.6.99 ');
    expect(emitted.text('dns/hosts')).toContain(`\n${valkey.address} valkey.attic.internal`);
  });

  test('the catalogue links to the name', () => expect(emitted.text('docs/catalogue.md')).toContain('Open: <https://miniflux.attic.internal/>'));

  test.each([[0, 'no service with the role'], [2, 'proxy, proxy2']])('with %i proxies a name is refused', (count, got) => {
    const proxies = [proxy, { ...proxy, name: 'proxy2', vmId: 4291, address: '10.61.6.98' }].slice(0, count);
    const problems = checkHomelab({ ...house, services: [...house.services.slice(0, 3), ...proxies] });
    expect(problems).toEqual([expect.objectContaining({ rule: 'a service that is reached by name has one reverse proxy before it', got: expect.stringContaining(got) })]);
  });
});

describe('the house as it is, with nothing declared', () => {
  const variables = (name: string): Record<string, unknown> => emit(homelab).ansible(`inventories/host_vars/${name}.yml`) as Record<string, unknown>;

  test('lets its owner log in to n8n by address over http', () => {
    expect(variables('n8n')).toMatchObject({ n8n_webhook_url: 'http://192.168.88.246:5678/', n8n_secure_cookie: false, n8n_proxy_hops: 0 });
  });

  test('gives Gitea clone addresses that resolve without a DNS server', () => {
    expect(variables('gitea')).toMatchObject({ gitea_root_url: 'http://192.168.88.223:3000/', gitea_domain: '192.168.88.223' });
  });

  test('sends nobody to an address whose protocol the service does not speak', () => {
    const open = [...emit(homelab).text('docs/catalogue.md').matchAll(/Open: <(.+)>/g)].map(([, url]) => url);
    expect(open).toContain('https://192.168.88.228:9001/');
    expect(open).toContain('http://192.168.88.246:5678/');
    expect(open.filter((url) => url!.includes('192.168.88.247'))).toEqual([]);
  });
});
