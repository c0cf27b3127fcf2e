import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { metrics: { port: 8484, path: '/x\ny' } }),
  path: 'services/miniflux',
  rule: /metrics.path/,
});
