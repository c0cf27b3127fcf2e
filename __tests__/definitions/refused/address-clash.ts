import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { address: '10.61.5.22' }),
  path: 'services/miniflux',
  rule: /a address is used once|an address is used once/,
  got: /10\.61\.5\.22, already of 'valkey'/,
});
