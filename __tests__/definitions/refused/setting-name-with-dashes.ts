import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { settings: { 'max-memory': 384 } }),
  path: 'services/valkey',
  rule: /'settings\.max-memory' is a variable/,
  got: /max-memory/,
});
