import type { ServiceProps } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

// The cast stands for a file that nobody compiled.
export default refused({
  lab: withService('valkey', { memoryGb: 1 } as Partial<ServiceProps>),
  path: 'services/valkey',
  rule: /no field that anybody reads/,
  got: /'memoryGb'/,
});
