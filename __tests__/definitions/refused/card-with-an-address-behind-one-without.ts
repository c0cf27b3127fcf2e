import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { extraCards: [{}, { address: '10.90.0.2/24' }] }),
  path: 'services/miniflux',
  rule: /pairs addresses and cards/,
  got: /before one with/,
});
