import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { address: '10.61.5.22/22' }),
  path: 'services/valkey',
  rule: /without prefix/,
  got: /10\.61\.5\.22\/22/,
});
