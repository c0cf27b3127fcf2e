import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { kernelBelow: '6.14' }),
  path: 'services/valkey',
  rule: /runs on host kernels below 6\.14/,
  got: /6\.14\.8-2-pve/,
});
