import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { rootStorage: 'local-lvm' }),
  path: 'services/miniflux',
  rule: /a storage that the house knows: barn/,
  got: /'local-lvm'/,
});
