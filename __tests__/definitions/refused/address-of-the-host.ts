import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { address: '10.61.4.5' }),
  path: 'services/valkey',
  rule: /neither the address of the host/,
  got: /which is the host/,
});
