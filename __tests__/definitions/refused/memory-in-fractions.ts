import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { memoryMiB: 640.5 }),
  path: 'services/valkey',
  rule: /'memoryMiB' is a whole number/,
  got: /640\.5/,
});
