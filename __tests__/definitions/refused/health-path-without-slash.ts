import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { health: { kind: 'http', port: 8484, path: 'liveness' } }),
  path: 'services/miniflux',
  rule: /'health\.path' is a path with a leading slash/,
  got: /liveness/,
});
