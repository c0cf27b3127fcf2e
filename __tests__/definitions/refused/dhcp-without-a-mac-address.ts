import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { network: { dhcp: true } }),
  path: 'services/miniflux',
  rule: /reserved for a MAC/,
  got: /no macAddress/,
});
