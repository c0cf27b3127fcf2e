import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ provisioning: { bridge: 'vmbr8', address: '10.99.0.1' } }),
  path: 'host',
  rule: /the provisioning network's 'address' is IPv4 in CIDR form/,
  got: /'10\.99\.0\.1'/,
});
