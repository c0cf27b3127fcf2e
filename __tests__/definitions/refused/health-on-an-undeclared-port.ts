import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { health: { kind: 'http', port: 8485, path: '/liveness' } }),
  path: 'services/miniflux',
  rule: /a port that the service declares/,
  got: /8485, declared are 8484/,
});
