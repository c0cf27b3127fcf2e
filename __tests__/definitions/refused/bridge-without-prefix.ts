import { withBridge } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withBridge({ address: '10.61.4.5' }),
  path: 'host',
  rule: /CIDR form/,
  got: /10\.61\.4\.5/,
});
