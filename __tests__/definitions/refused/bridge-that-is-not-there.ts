import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { network: { bridge: 'vmbr3' } }),
  path: 'services/miniflux',
  rule: /a bridge of the host: vmbr7/,
  got: /'vmbr3'/,
});
