import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: { ...withService('valkey', { vmId: 7100 }), retiredTemplates: [{ name: 'oracular-seed', vmId: 7100 }] },
  path: 'services/valkey',
  rule: /a VMID is used once in the house/,
  got: /the renewed template 'oracular-seed', which is still there/,
});
