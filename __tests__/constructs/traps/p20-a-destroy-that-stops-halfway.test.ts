import { houses } from '../../helpers/houses';

describe.each(houses)('P20, a destroy of a protected or replicated guest stops it and then fails: $house', ({ lab, emitted }) => {
  test('whatever Proxmox VE protects, Terraform does not even plan to destroy', () => {
    for (const guest of [...Object.values(emitted.containers), ...Object.values(emitted.machines)]) {
      expect(guest.lifecycle.prevent_destroy ?? false).toBe(guest.protection);
    }
  });

  test('what is declared disposable may be destroyed', () => {
    const disposable = lab.services.filter(({ data }) => data.kind === 'disposable').map(({ name }) => name);
    expect(disposable.length).toBeGreaterThan(0);
    for (const name of disposable) {
      expect(emitted.containers[name].protection).toBe(false);
      expect(emitted.containers[name].lifecycle).not.toHaveProperty('prevent_destroy');
    }
  });

  test('no guest is in high availability or replication', () => {
    const types = emitted.stacks.flatMap((stack) => Object.keys(stack.resource));
    expect(types.filter((type) => /_ha|replication/.test(type))).toEqual([]);
  });
});
