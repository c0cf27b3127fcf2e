import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { purpose: ' Reader ' }),
  path: 'services/miniflux',
  rule: /without spaces around/,
});
