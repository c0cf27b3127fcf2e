import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { exposure: { kind: 'vpn' } as never }),
  path: 'services/miniflux',
  rule: /exposure/,
  got: /vpn/,
});
