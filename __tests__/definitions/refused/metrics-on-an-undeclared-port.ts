import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { metrics: { port: 9187, path: '/metrics' } }),
  path: 'services/miniflux',
  rule: /metrics are on a port that the service declares/,
  got: /9187, declared are 8484/,
});
