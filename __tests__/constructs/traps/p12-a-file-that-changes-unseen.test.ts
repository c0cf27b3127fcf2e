import { houses } from '../../helpers/houses';

describe.each(houses)('P12, a snippet read from a local file changes unseen, or vanishes and replaces: $house', ({ lab, emitted }) => {
  test('Terraform uploads no file of this machine', () => {
    expect(emitted.resources('proxmox_virtual_environment_file')).toEqual({});
    expect(JSON.stringify(emitted.stacks)).not.toMatch(/source_file|source_raw/);
  });

  test('the one snippet has a version in its name, and Ansible is told the same version', () => {
    const version = /^local:snippets\/vendor-base-v(\d+)\.yaml$/.exec(emitted.machines[lab.template.name].initialization.vendor_data_file_id)?.[1];
    expect(emitted.ansible(`inventories/host_vars/${lab.host.nodeName}.yml`).pve_template_snippet_version).toBe(Number(version));
  });
});
