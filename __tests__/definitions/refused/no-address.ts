import { withoutField } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withoutField('miniflux', 'address'),
  path: 'services/miniflux',
  rule: /'address' is text/,
  got: /nothing/,
});
