import { emit, type Json } from '../../helpers/emitted';
import { houses } from '../../helpers/houses';

const newKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKaIkoN1OYLWqykhXPc+/p4DIOlw0v4nGQ9KkPmuBnF/ second';

describe.each(houses)('P4, a new SSH key would replace every container: $house', ({ lab, emitted }) => {
  const renewed = emit({ ...lab, sshKeys: [...lab.sshKeys, newKey] });

  test('the keys of the create are left alone afterwards', () => {
    for (const guest of [...Object.values(emitted.containers), ...Object.values(emitted.machines)]) {
      expect(guest.lifecycle.ignore_changes).toContain('initialization[0].user_account');
    }
  });

  test('a new key changes nothing else of a container', () => {
    for (const [name, container] of Object.entries(renewed.containers)) {
      expect(container.initialization.user_account.keys).toContain(newKey);
      expect(withoutAccount(container)).toEqual(withoutAccount(emitted.containers[name]));
    }
  });

  test('a new key reaches every guest through Ansible, which Terraform sets going', () => {
    for (const { name } of lab.services) {
      expect(renewed.ansible(`inventories/host_vars/${name}.yml`).guest_base_authorized_keys).toContain(newKey);
      expect(renewed.resources('null_resource')[name].triggers).not.toEqual(emitted.resources('null_resource')[name].triggers);
    }
  });
});

function withoutAccount(container: Json): Json {
  const { user_account: _keys, ...initialization } = container.initialization;
  return { ...container, initialization };
}
