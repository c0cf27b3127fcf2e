import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { macAddress: 'BC-24-11-7A-00-01' }),
  path: 'services/valkey',
  rule: /six lower-case hex pairs/,
  got: /BC-24-11/,
});
