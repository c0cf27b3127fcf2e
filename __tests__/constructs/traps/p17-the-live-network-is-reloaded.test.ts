import type { Json } from '../../helpers/emitted';
import { houses } from '../../helpers/houses';

describe.each(houses)('P17, a bridge made by Terraform reloads the live network: $house', ({ lab, emitted }) => {
  test('Terraform names the bridge and makes none', () => {
    const types = emitted.stacks.flatMap((stack) => Object.keys(stack.resource));
    expect(types.filter((type) => type.includes('network'))).toEqual([]);
    for (const container of Object.values(emitted.containers)) expect(container.network_interface[0].bridge).toBe(lab.host.bridge.name);
  });

  test('the bridge is brought up by a role on the host, before anything that needs it', () => {
    const [play] = emitted.ansible('playbooks/metal.yml');
    const roles = play.tasks.map((task: Json) => task['ansible.builtin.import_role'].name);
    expect(roles.slice(0, 3)).toEqual(['pve-init', 'pve-bridge', 'zfs_setup']);
  });
});
