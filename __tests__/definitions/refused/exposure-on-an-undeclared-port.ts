import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { exposure: { kind: 'lan', port: 80 } }),
  path: 'services/miniflux',
  rule: /people reach a service on a port that it declares/,
  got: /80, declared are 8484/,
});
