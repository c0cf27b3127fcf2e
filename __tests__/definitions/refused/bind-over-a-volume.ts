import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { binds: [{ dataset: 'archive', path: '/srv/miniflux/old' }] }),
  path: 'services/miniflux',
  rule: /would hide data/,
  got: /\/srv\/miniflux/,
});
