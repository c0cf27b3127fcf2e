import { standInStack } from '../../state/stand-in-stack';

const stack = {
  terraform: { backend: { s3: { bucket: 'b' } }, required_providers: { proxmox: {} } },
  provider: { proxmox: [{}] },
  variable: { token: { type: 'string' } },
  resource: {
    proxmox_virtual_environment_container: { minio: { vm_id: 105, description: 'has ${other.reference} and %{ if x }' } },
    null_resource: { minio: { provisioner: [{ 'local-exec': { command: 'ansible-playbook' } }] } },
    terraform_data: { own: { input: '${var.token}' } },
  },
  output: { mac: { value: '${proxmox_virtual_environment_container.minio.mac}' } },
};

test('every resource of a provider becomes an inert one, by its full name', () => {
  const { resource } = standInStack(stack) as { resource: { terraform_data: Record<string, unknown> } };
  expect(Object.keys(resource)).toEqual(['terraform_data']);
  expect(resource.terraform_data).toEqual({
    'proxmox_virtual_environment_container-minio': { input: { vm_id: 105, description: 'has $${other.reference} and %%{ if x }' } },
    'null_resource-minio': { input: { provisioner: [{ 'local-exec': { command: 'ansible-playbook' } }] } },
    own: { input: '${var.token}' },
  });
});

test('nothing that needs a provider is left', () => {
  expect(Object.keys(standInStack(stack)).sort()).toEqual(['resource', 'terraform', 'variable']);
  expect(standInStack(stack).terraform).toEqual({ backend: { s3: { bucket: 'b' } } });
});
