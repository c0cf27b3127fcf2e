import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { settings: { version: '../../etc' } }),
  path: 'services/valkey',
  rule: /one word of letters/,
});
