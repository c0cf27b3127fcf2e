import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { settings: { motto: 'x ; y' } }),
  path: 'services/valkey',
  rule: /files of settings read as their own/,
});
