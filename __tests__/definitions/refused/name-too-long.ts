import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { name: 'm'.repeat(64) }),
  path: `services/${'m'.repeat(64)}`,
  rule: /at most 63/,
});
