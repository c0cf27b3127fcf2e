import { keeps } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { data: keeps({ name: 'feeds', path: '/srv/miniflux', quotaGiB: 6 }, { name: 'media', path: '/srv/miniflux', quotaGiB: 7 }) }),
  path: 'services/miniflux',
  rule: /do not lie in each other/,
});
