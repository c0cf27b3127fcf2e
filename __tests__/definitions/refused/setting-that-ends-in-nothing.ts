import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { settings: { base_url: (() => null) as never } }),
  path: 'services/miniflux',
  rule: /settings.base_url/,
});
