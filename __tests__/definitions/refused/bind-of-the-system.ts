import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { binds: [{ hostPath: '/etc/pve', path: '/mnt/pve' }] }),
  path: 'services/miniflux',
  rule: /none of its system/,
  got: /\/etc\/pve/,
});
