import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { name: 'MiniFlux' }),
  path: 'services/MiniFlux',
  rule: /a name is a DNS label/,
  got: /'MiniFlux'/,
});
