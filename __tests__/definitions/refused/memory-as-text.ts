import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

// The cast stands for a file that nobody compiled.
export default refused({
  lab: withService('valkey', { memoryMiB: '640' as unknown as number }),
  path: 'services/valkey',
  rule: /'memoryMiB' is a whole number/,
  got: /640/,
});
