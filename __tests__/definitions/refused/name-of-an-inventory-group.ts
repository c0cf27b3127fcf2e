import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { name: 'platform' }),
  path: 'services/platform',
  rule: /a name is used once in the house/,
  got: /platform, already of a part of every house/,
});
