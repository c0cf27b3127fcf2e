import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { network: { ipv6: { address: 'fd00::1' } } }),
  path: 'services/miniflux',
  rule: /IPv6 address in CIDR form/,
  got: /fd00::1/,
});
