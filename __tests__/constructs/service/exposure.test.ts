import { hostPartOf, originOf, overTls, proxiesBefore, tunnelIngress, urlOf, type Exposure, type ServiceProps } from '../../../constructs';
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
  ['by name', { kind: 'name' }, { url: 'http://miniflux.attic.internal:8484/', host: 'miniflux.attic.internal', tls: false }],
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
