import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ provisioning: { bridge: 'vmbr8', address: '172.22.9.1' } }),
  path: 'host',
  rule: /IPv4 in CIDR form/,
});
