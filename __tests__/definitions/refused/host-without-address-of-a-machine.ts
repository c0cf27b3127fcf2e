import { withBridge } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withBridge({ address: '10.61.7.255/22' }),
  path: 'host',
  rule: /the host has an address of a machine/,
  got: /10\.61\.7\.255/,
});
