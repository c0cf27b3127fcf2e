import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ provisioning: { bridge: 'vmbr7', address: '10.99.0.1/24' } }),
  path: 'host',
  rule: /a bridge of its own/,
  got: /'vmbr7'/,
});
