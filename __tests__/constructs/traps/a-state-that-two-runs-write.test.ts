import { houses } from '../../helpers/houses';

describe.each(houses)('a state without a lock is written by two runs at once: $house', ({ lab, emitted }) => {
  test.each(emitted.stacks.map((stack) => [stack.terraform.backend.s3.key, stack.terraform.backend.s3] as const))('%s is locked, on the house’s own object store', (_key, backend) => {
    const { address } = lab.services.find(({ name }) => name === lab.state.service)!;
    expect(backend).toMatchObject({ bucket: lab.state.bucket, use_lockfile: true, use_path_style: true });
    expect(backend.endpoints).toEqual({ s3: `https://${address}:${lab.state.port}` });
  });

  test('no credential stands in the backend, and no stack copies the state of the other', () => {
    const text = JSON.stringify(emitted.stacks);
    expect(text).not.toMatch(/access_key|secret_key|"token"|assume_role|shared_credentials/);
    expect(text).not.toContain('terraform_remote_state');
  });

  test('the object store is made by a stack that needs nothing of the other', () => {
    expect(Object.keys(emitted.stack('foundation').resource.proxmox_virtual_environment_container)).toEqual([lab.state.service]);
    expect(Object.keys(emitted.stack('services').resource.proxmox_virtual_environment_container)).not.toContain(lab.state.service);
  });
});
