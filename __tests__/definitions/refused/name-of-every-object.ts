import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { name: 'constructor' }),
  path: 'services/constructor',
  rule: /a name is used once/,
});
