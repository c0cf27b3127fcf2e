import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { purpose: 'x'.repeat(8192) }),
  path: 'services/valkey',
  rule: /'purpose' is .*text/,
});
