import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { purpose: 'x'.repeat(5_000_000) }),
  path: 'services/miniflux',
  rule: /text of at most 8191 characters/,
});
