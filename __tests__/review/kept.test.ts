import { keptIn } from '../../review/kept';
import { change, CONTAINER, judged, n8n, rules, VM, words } from './plans';

const same = change(['no-op'], n8n, n8n);
const tank = { id: 'tank', zfs_pool: 'tank', content: ['images'] };
const storage = (type: string) => change(['no-op'], tank, tank, { type, name: 'tank' });
const NOTHING = new Set<string>();

describe('what a stack keeps', () => {
  test('is what has prevent_destroy, in whichever of JSON’s spellings', () => {
    const resource = {
      [CONTAINER]: { n8n: { lifecycle: { prevent_destroy: true } }, grafana: { lifecycle: [{ ignore_changes: ['features'] }, { prevent_destroy: true }] }, dns: { lifecycle: { prevent_destroy: false } }, plain: {} },
      [VM]: { template: { lifecycle: { ignore_changes: ['disk'] } } },
    };
    expect([...keptIn({ resource })]).toEqual([`${CONTAINER}.n8n`, `${CONTAINER}.grafana`]);
    expect([...keptIn({})]).toEqual([]);
  });
});

describe('lifts-prevent-destroy', () => {
  test('a protected guest that the stack does not keep is refused, though the plan changes nothing', () => {
    expect(words(judged([same], { kept: NOTHING }))).toContain("the stack does not keep the container 102 (n8n) from being destroyed: it has no prevent_destroy\nput prevent_destroy back into what the definition emits; when it is meant: --allow 'lifts-prevent-destroy:");
    expect(rules(judged([same], { kept: new Set([same.address]) }))).toEqual([]);
    expect(rules(judged([same], { kept: NOTHING, allow: ['lifts-prevent-destroy:102'] }))).toEqual([]);
  });

  test('a new guest that is to be protected is kept from the first day', () => {
    expect(rules(judged([change(['create'], null, { ...n8n, vm_id: 121 }, { name: 'new' })], { kept: NOTHING }))).toEqual(['lifts-prevent-destroy']);
  });

  test('the storage on a pool is kept as well; another one, and what nothing protects, need not be', () => {
    expect(words(judged([storage('proxmox_storage_zfspool')], { kept: NOTHING }))).toContain('does not keep the storage tank from');
    expect(rules(judged([storage('proxmox_storage_directory')], { kept: NOTHING }))).toEqual([]);
    const disposable = { ...n8n, protection: false };
    expect(rules(judged([change(['no-op'], disposable, disposable)], { kept: NOTHING }))).toEqual([]);
    expect(rules(judged([change(['no-op'], { id: 'x', protection: true }, { id: 'x', protection: true }, { type: 'local_file' })], { kept: NOTHING }))).toEqual([]);
  });

  test('what leaves is another rule’s business, and without the stack nothing is said', () => {
    expect(rules(judged([change(['delete'], n8n, null)], { kept: NOTHING }))).toEqual(['destroys-guest']);
    expect(rules(judged([same]))).toEqual([]);
  });
});
