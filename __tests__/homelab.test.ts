import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { homelab } from '../homelab';
import { emit } from './helpers/emitted';

const emitted = emit(homelab);
const stacks = ['foundation', 'services'] as const;

/** Every resource of the house with its Terraform address, so that a review of the snapshots reads like a plan. */
const resources = stacks.flatMap((name) =>
  Object.entries(emitted.stack(name).resource).flatMap(([type, byId]) =>
    Object.entries(byId).map(([id, resource]) => ({ stack: name, address: `${type}.${id}`, resource })),
  ),
);

test.each(resources)('$stack: $address', ({ resource }) => {
  // The digest of the roles is another one after every edit of a role; that it is there is asserted in the service's own test.
  if (resource.triggers) resource.triggers.roles = 'digest of the roles';
  expect(resource).toMatchSnapshot();
});

test.each(stacks)('%s: providers, state and variables', (name) => {
  const { resource: _resources, ...rest } = emitted.stack(name);
  expect(rest).toMatchSnapshot();
});

test.each(['machine.json', 'manifest.json', 'secrets/manifest.json', 'care/manifest.json'])('%s', (path) => {
  expect(JSON.parse(emitted.text(path))).toMatchSnapshot();
});

test('every other artefact is looked at beside Ansible’s own tests, or committed in docs/generated', () => {
  const others = [...emitted.files.keys()].filter((path) => !/^stacks\/(foundation|services)\/cdk\.tf\.json$|(machine|manifest)\.json$/.test(path));
  expect(others.filter((path) => !/^(ansible|dns|docs|review)\//.test(path))).toEqual([]);
});

test.each(readdirSync(__dirname, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.snap')))('%s is short enough for a review', (file) => {
  expect(statSync(join(__dirname, file)).size).toBeLessThan(64 * 1024);
});
