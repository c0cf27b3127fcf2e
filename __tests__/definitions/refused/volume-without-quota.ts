import { keeps } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { data: keeps({ name: 'feeds', path: '/srv/miniflux', quotaGiB: 0 }) }),
  path: 'services/miniflux',
  rule: /a quota is whole GiB/,
  got: /^0$/,
});
