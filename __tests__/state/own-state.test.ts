import { ForeignState, ownProviders, requireOwnProviders } from '../../state/own-state';

const OWN = ownProviders({ terraform: { required_providers: { proxmox: { source: 'bpg/proxmox' }, null: { source: 'null' }, inner: { source: 'registry.example/we/inner' } } } });
const PROXMOX = 'provider["registry.terraform.io/bpg/proxmox"]';
const resource = (provider: unknown, more: object = {}) => ({ mode: 'managed', type: 't', name: 'n', provider, instances: [], ...more });
const text = (resources: unknown, more: object = {}) => JSON.stringify({ version: 4, terraform_version: '1.15.5', serial: 7, lineage: 'ours', outputs: {}, resources, check_results: null, ...more });
const read = (content: string) => () => requireOwnProviders(content, OWN, 'the store');

test.each([
  PROXMOX,
  'provider["registry.opentofu.org/bpg/proxmox"]',
  'provider["registry.terraform.io/hashicorp/null"]',
  'provider["registry.terraform.io/bpg/proxmox"].second',
  'module.inner.provider["registry.example/we/inner"]',
  'provider["terraform.io/builtin/terraform"]',
])("C1: lets the house's own %s pass", (provider) => expect(read(text([resource(provider)]))).not.toThrow());

test.each([
  'provider["registry.terraform.io/attacker/evil"]',
  'provider["registry.terraform.io/bpg/proxmox-helper"]',
  'provider["registry.evil.example/bpg/proxmox"]',
  'provider["REGISTRY.terraform.io/bpg/proxmox"]',
  'provider["registry.terraform.io/hashicorp/external"]',
  'provider["registry.terraform.io/we/inner"]',
  'provider["registry.terraform.io/bpg/proxmox"].provider["registry.terraform.io/attacker/evil"]',
  'provider.evil',
  '',
  undefined,
  17,
])('C1: refuses %s, beside its own', (provider) => expect(read(text([resource(PROXMOX), resource(provider)]))).toThrow(ForeignState));

test('C1: names every provider that it refuses, once', () => {
  const names = ['a/evil', 'b/evil', 'a/evil'].map((name) => resource(`provider["registry.terraform.io/${name}"]`));
  expect(read(text(names))).toThrow("names the provider 'registry.terraform.io/a/evil', 'registry.terraform.io/b/evil', which is none of this house's");
});

const EVIL = JSON.stringify([resource('provider["registry.terraform.io/attacker/evil"]')]);
const before = (key: string) => text([resource(PROXMOX)]).replace('"resources":', `"${key}":${EVIL},"resources":`);

test.each([
  ['a key in another case, which Terraform takes for the same', before('Resources')],
  ['a key with a letter that Terraform folds', before('re\u017fources')],
  ['a key twice', before('resources')],
  ['a key twice, once escaped', before('re\\u0073ources')],
  ['a provider of a resource in another case', text([resource(PROXMOX, { Provider: 'provider["registry.terraform.io/attacker/evil"]' })])],
  ['a provider of a resource twice', text([resource(PROXMOX)]).replace('"provider":', '"provider":"provider[\\"x/y/z\\"]","provider":')],
  ['an older version of the format, which Terraform rewrites', text([], { version: 3, modules: [] })],
  ['a module list beside the resources', text([], { modules: [] })],
  ['resources that are no list', text({})],
  ['a resource that is none', text(['evil'])],
  ['no JSON', '{"version":4,'],
  ['no object', '[]'],
])('C1: refuses %s', (_what, content) => expect(read(content)).toThrow(ForeignState));

test('keys and colons inside of values are no keys', () => {
  expect(read(text([resource(PROXMOX, { instances: [{ attributes: { a: '"resources":"', b: ['x', ': y', '\\'] } }] })]))).not.toThrow();
  expect(read('{"version": 4, "serial": 1, "lineage": "ours", "resources" : []}')).not.toThrow();
});
