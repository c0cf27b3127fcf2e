import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { binds: [{ service: 'valkey', volume: 'data', path: '/mnt/data' }] }),
  path: 'services/miniflux',
  rule: /one that a service keeps/,
  got: /'data' of 'valkey'/,
});
