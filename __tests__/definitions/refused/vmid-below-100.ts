import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { vmId: 99 }),
  path: 'services/valkey',
  rule: /a VMID is 100 to 999999999/,
  got: /^99$/,
});
