import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { address: '10.61.4.0' }),
  path: 'services/valkey',
  rule: /an address is one of a machine in/,
  got: /10\.61\.4\.0/,
});
