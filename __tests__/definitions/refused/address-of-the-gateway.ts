import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { address: '10.61.7.254' }),
  path: 'services/valkey',
  rule: /neither the address of the host nor that of the gateway/,
  got: /which is the gateway/,
});
