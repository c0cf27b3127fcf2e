import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { settings: { admin_password: '' } }),
  path: 'services/valkey',
  rule: /a secret is never written/,
});
