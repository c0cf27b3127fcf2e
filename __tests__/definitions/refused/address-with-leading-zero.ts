import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { address: '10.61.05.22' }),
  path: 'services/valkey',
  rule: /dotted IPv4/,
  got: /10\.61\.05\.22/,
});
