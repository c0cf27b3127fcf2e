import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { cores: 129 }),
  path: 'services/valkey',
  rule: /'cores' is a whole number from 1 to 128/,
});
