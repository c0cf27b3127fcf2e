import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { vmId: 7000 }),
  path: 'services/valkey',
  rule: /a VMID is used once/,
  got: /the template 'noble-seed'/,
});
