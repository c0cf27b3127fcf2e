import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { needs: ['miniflux'] }, withService('miniflux', { needs: [] })),
  path: 'services/valkey',
  rule: /a platform service does not stand on an app/,
  got: /'miniflux'/,
});
