import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ settings: { 'pve-init': { kernel: '6.14.1-1-pve' } } }),
  path: 'host',
  rule: /does not contradict a field/,
  got: /kernel/,
});
