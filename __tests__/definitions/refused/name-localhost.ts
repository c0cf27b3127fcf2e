import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { name: 'localhost' }),
  path: 'services/localhost',
  rule: /a name is used once/,
  got: /every machine itself/,
});
