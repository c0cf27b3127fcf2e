import { keeps } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { data: keeps({ name: 'feeds', path: '/srv/a', quotaGiB: 6 }, { name: 'feeds', path: '/srv/b', quotaGiB: 7 }) }),
  path: 'services/miniflux',
  rule: /different names/,
  got: /'feeds' twice/,
});
