import { keeps } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { data: keeps() }),
  path: 'services/miniflux',
  rule: /names the volumes that keep its data/,
});
