import { withoutField } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withoutField('valkey', 'data'),
  path: 'services/valkey',
  rule: /'data' is keeps/,
  got: /nothing/,
});
