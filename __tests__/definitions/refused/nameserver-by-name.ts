import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ nameservers: ['dns.attic.internal'] }),
  path: 'host',
  rule: /'nameservers\[0\]' is a dotted IPv4 address/,
  got: /dns\.attic/,
});
