import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { swapMiB: -1 }),
  path: 'services/valkey',
  rule: /'swapMiB' is a whole number from 0 up/,
  got: /-1/,
});
