import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

// Joined here, so that no scanner takes this file for a leak.
export default refused({
  lab: withService('valkey', { settings: { remark: ['AKIA', 'PLUMJAMJARPLUMJA'].join('') } }),
  path: 'services/valkey',
  rule: /a secret is never written/,
  got: /settings\.remark/,
});
