import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { name: 'mini_flux' }),
  path: 'services/mini_flux',
  rule: /a name is a DNS label/,
});
