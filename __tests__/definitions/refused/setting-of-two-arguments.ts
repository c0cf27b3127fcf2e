import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { settings: { retention_size: '24GB --web.enable-admin-api' } }),
  path: 'services/valkey',
  rule: /a number with its unit/,
});
