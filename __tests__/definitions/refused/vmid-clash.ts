import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { vmId: 4002 }),
  path: 'services/miniflux',
  rule: /a VMID is used once/,
  got: /4002, already of 'valkey'/,
});
