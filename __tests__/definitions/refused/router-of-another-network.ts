import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { network: { gateway: '10.90.0.1/24' } }),
  path: 'services/miniflux',
  rule: /a machine in 10.90.0.0\/24/,
  got: /10.61.6.23/,
});
