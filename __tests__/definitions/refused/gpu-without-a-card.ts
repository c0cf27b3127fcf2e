import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { gpu: true }),
  path: 'services/miniflux',
  rule: /needs a host with one/,
  got: /gpu: true/,
});
