import { parse } from 'yaml';
import { homelab } from '../../homelab';
import { emit } from '../helpers/emitted';
import { smallHouse } from '../helpers/small-house';
import pinned from '../../common/provider.json';

/** Words of the schema, which every house shares; everything else of the owner's definition is the owner's own. */
const vocabulary = ['platform', 'app', 'http', 'tcp', 'command', 'volumes', 'disposable', 'pool', 'boot', 'data', 'debian', 'ubuntu', 'vztmpl']
  .concat(['import', 'sha256', 'sha512', 'single', 'new-pool', 'random', 'ask', 'login', 'session', 'token', 'certificate', 'Sys.AccessNetwork']);

const emitted = emit(smallHouse);
const everything = [...emitted.files.entries()].flat().join('\n');
const values = new Set([...emitted.files].flatMap(([path, text]) => leaves(/\.(json|yml)$/.test(path) ? parse(text) : [])));

describe('a second house of the same constructs', () => {
  test.each(leaves(homelab).filter((text) => /[^a-z]/.test(text)))('holds nothing of the owner’s house: %s', (text) => {
    expect(everything).not.toMatch(new RegExp(`(?<![\\w.])${text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')}(?![\\w])`));
  });

  // A plain word may stand in a sentence; as a value it would be the owner's.
  test.each(leaves(homelab).filter((text) => /^[a-z]+$/.test(text)))('has no value of the owner’s house: %s', (text) => {
    expect(values).not.toContain(text);
  });

  test('has its own VMIDs, and only those', () => {
    const vmIds = [...Object.values(emitted.containers), ...Object.values(emitted.machines)].map((guest) => guest.vm_id);
    expect(vmIds.sort()).toEqual([4001, 4002, 4003, 7000]);
  });

  test('has the state on its own object store, which the first stack makes', () => {
    expect(Object.keys(emitted.stack('foundation').resource.proxmox_virtual_environment_container)).toEqual(['garage']);
    expect(emitted.stack('services').terraform.backend.s3).toMatchObject({
      bucket: 'attic-plans',
      key: 'services.tfstate',
      endpoints: { s3: 'https://10.61.4.21:3900' },
    });
  });

  test.each(['foundation', 'services'] as const)('gives Terraform a whole stack %s: every provider pinned, every reference met', (name) => {
    const stack = emitted.stack(name);
    const required = stack.terraform.required_providers;
    expect(required.proxmox).toEqual({ source: pinned.source, version: pinned.version });
    expect(Object.keys(stack.provider).sort()).toEqual(Object.keys(required).sort());

    const declared = new Set(Object.entries(stack.resource).flatMap(([type, byId]) => Object.keys(byId).map((id) => `${type}.${id}`)));
    const text = JSON.stringify(stack.resource);
    const references = text.match(/\b(?:proxmox_[a-z_]+|null_resource|local_file)\.[a-z0-9-]+/g) ?? [];
    expect(references.length).toBeGreaterThan(0);
    for (const reference of references) expect(declared).toContain(reference);
    for (const variable of text.match(/\bvar\.[a-z_]+/g) ?? []) expect(Object.keys(stack.variable)).toContain(variable.slice(4));
  });

  test('gives Ansible every machine, the host without a graphics card', () => {
    const inventory = emitted.ansible('inventories/prod.yml').all.children;
    expect(inventory.metal.hosts).toEqual({ loft: { ansible_host: '10.61.4.5' } });
    expect(Object.keys(inventory.guests.children.platform.hosts)).toEqual(['garage', 'valkey']);
    expect(Object.keys(inventory.guests.children.apps.hosts)).toEqual(['miniflux']);
    expect(emitted.text('ansible/playbooks/metal.yml')).not.toContain('nvidia');
  });
});

/** Every text of three letters or more that stands anywhere in a value, without the words of the schema. */
function leaves(value: unknown): string[] {
  if (typeof value === 'string') return value.length > 2 && !vocabulary.includes(value) ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.values(value).flatMap(leaves))].sort();
}
