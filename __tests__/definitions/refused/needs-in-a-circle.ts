import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { tier: 'app', needs: ['miniflux'] }),
  path: 'services/miniflux',
  rule: /needs form no circle/,
  got: /miniflux -> valkey -> miniflux/,
});
