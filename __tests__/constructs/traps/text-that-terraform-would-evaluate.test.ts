import { emit } from '../../helpers/emitted';
import { withService } from '../../helpers/alter';
import { smallHouse } from '../../helpers/small-house';

describe('a text with ${ or %{ in it is an expression to Terraform', () => {
  const { containers } = emit(withService('valkey', { purpose: 'costs ${5} or %{ if rich }10%{ endif }' }));

  test('the purpose of a service arrives as it was written', () => {
    expect(containers.valkey.description).toBe('costs $${5} or %%{ if rich }10%%{ endif }');
  });

  test('the shell’s variable in the trigger’s command is the shell’s', () => {
    const { command } = emit(smallHouse).resources('null_resource').valkey.provisioner[0]['local-exec'];
    expect(command).toMatch(/^"\$\$\{HOMELAB_ANSIBLE_PLAYBOOK:-ansible-playbook\}" /);
  });
});
