import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { macAddress: 'bc:24:11:7a:00:01' }, withService('valkey', { macAddress: 'bc:24:11:7a:00:01' })),
  path: 'services/miniflux',
  rule: /a MAC address is used once/,
  got: /already of 'valkey'/,
});
