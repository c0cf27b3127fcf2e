import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { health: { kind: '__proto__' } as never }),
  path: 'services/miniflux',
  rule: /a health check/,
});
