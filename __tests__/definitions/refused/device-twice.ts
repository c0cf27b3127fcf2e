import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { devices: [{ path: '/dev/net/tun' }, { path: '/dev/net/tun' }] }),
  path: 'services/miniflux',
  rule: /given once/,
  got: /tun twice/,
});
