import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ nodeName: 'valkey' }),
  path: 'services/valkey',
  rule: /a name is used once/,
  got: /valkey, already of the host/,
});
