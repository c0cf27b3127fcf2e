import { withoutField } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withoutField('valkey', 'health'),
  path: 'services/valkey',
  rule: /'health' is a health check/,
  got: /nothing/,
});
