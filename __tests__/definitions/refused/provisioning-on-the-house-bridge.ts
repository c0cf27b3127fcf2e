import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ provisioning: { bridge: 'vmbr7', address: '172.22.9.1/24' } }),
  path: 'host',
  rule: /a bridge of its own/,
});
