import { homelab } from '../../../homelab';
import { emit } from '../../helpers/emitted';
import { houses } from '../../helpers/houses';

describe.each(houses)('P6, a setting that only root@pam may make fails under the API token: $house', ({ emitted }) => {
  test('no device, hook script, mount or idmap of a container is Terraform’s', () => {
    for (const container of Object.values(emitted.containers)) {
      for (const key of ['device_passthrough', 'hook_script_file_id', 'mount_point', 'idmap']) expect(container).not.toHaveProperty(key);
    }
  });

  test('of all features only nesting is set, at create, and never changed in place', () => {
    for (const container of Object.values(emitted.containers)) {
      expect(container.features).toEqual({ nesting: true });
      expect(container.lifecycle.ignore_changes).toEqual(expect.arrayContaining(['features', 'device_passthrough']));
    }
  });

  test('Terraform has one provider, with a token and no password', () => {
    for (const stack of emitted.stacks) {
      expect(stack.provider.proxmox).toHaveLength(1);
      expect(stack.provider.proxmox[0]).toMatchObject({ api_token: '${var.proxmox_api_token}' });
      expect(stack.provider.proxmox[0]).not.toHaveProperty('password');
      expect(stack.variable.proxmox_api_token).toMatchObject({ sensitive: true });
      expect(stack.variable.proxmox_api_token).not.toHaveProperty('default');
    }
  });
});

test('P6: the graphics card is given by root on the host, before the guest is configured', () => {
  const emitted = emit(homelab);
  const [attach, install] = emitted.ansible('playbooks/guests/openwebui.yml');
  expect(emitted.containers.openwebui).not.toHaveProperty('device_passthrough');
  expect(attach.hosts).toBe('pve');
  expect(attach.tasks[1]['ansible.builtin.import_role']).toEqual({ name: 'nvidia-passthrough', tasks_from: 'guests' });
  expect(attach.tasks[1].vars.nvidia_passthrough_guests).toMatchObject([{ vmid: 117, name: 'openwebui' }]);
  expect(install.hosts).toBe('openwebui');
});
