import { keeps } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { data: keeps({ name: 'feeds', path: '/srv/../etc', quotaGiB: 13 }) }),
  path: 'services/miniflux',
  rule: /absolute and plain/,
  got: /'\/srv\/\.\.\/etc'/,
});
