import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { saves: undefined }),
  path: 'services/miniflux',
  rule: /says how it is saved/,
  got: /nothing/,
});
