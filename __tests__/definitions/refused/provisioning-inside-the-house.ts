import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ provisioning: { bridge: 'vmbr8', address: '10.61.5.1/24' } }),
  path: 'host',
  rule: /shares no address with the house/,
  got: /10\.61\.5\.0\/24 and 10\.61\.4\.0\/22/,
});
