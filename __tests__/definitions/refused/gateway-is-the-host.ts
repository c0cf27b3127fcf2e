import { withBridge } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withBridge({ gateway: '10.61.4.5' }),
  path: 'host',
  rule: /the gateway is another machine in 10\.61\.4\.0\/22/,
  got: /10\.61\.4\.5/,
});
