import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { vmId: 1_000_000_000 }),
  path: 'services/valkey',
  rule: /a VMID is 100 to 999999999/,
  got: /1000000000/,
});
