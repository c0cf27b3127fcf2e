import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { needs: ['postgresql'] }),
  path: 'services/miniflux',
  rule: /is a service of the house/,
  got: /'postgresql'/,
});
