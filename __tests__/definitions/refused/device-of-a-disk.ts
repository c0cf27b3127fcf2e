import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { devices: [{ path: '/dev/sda' }] }),
  path: 'services/miniflux',
  rule: /could change the host/,
  got: /\/dev\/sda/,
});
