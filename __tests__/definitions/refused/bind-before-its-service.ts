import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { binds: [{ service: 'garage', volume: 'objects', path: '/mnt/objects' }] }),
  path: 'services/miniflux',
  rule: /comes after it/,
  got: /'objects' of 'garage'/,
});
