import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { address: '10.61.7.255' }),
  path: 'services/valkey',
  rule: /an address is one of a machine in/,
  got: /10\.61\.7\.255/,
});
