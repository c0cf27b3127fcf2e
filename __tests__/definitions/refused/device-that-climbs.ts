import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { devices: [{ path: '/dev\/../etc/shadow' }] }),
  path: 'services/miniflux',
  rule: /a device node below/,
  got: /shadow/,
});
