import { houses } from '../../helpers/houses';

describe.each(houses)('P13, changed user data would replace a virtual machine: $house', ({ lab, emitted }) => {
  const template = emitted.machines[lab.template.name];

  test('cloud-init takes its user from the definition, never from a user-data file', () => {
    expect(template.initialization).not.toHaveProperty('user_data_file_id');
    expect(template.initialization.user_account.username).toBe(lab.template.user);
  });

  test('the vendor data is a literal volume id, and no plan may destroy the template', () => {
    expect(template.initialization.vendor_data_file_id).toMatch(/^local:snippets\/[a-z0-9.-]+$/);
    expect(template).toMatchObject({ protection: true, lifecycle: { prevent_destroy: true } });
  });
});
