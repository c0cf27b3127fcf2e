import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { memoryMiB: 15 }),
  path: 'services/valkey',
  rule: /'memoryMiB' is a whole number from 16 up/,
});
