import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: withService('miniflux', { image: smallHouse.template.image }),
  path: 'services/miniflux',
  rule: /content type 'vztmpl'/,
  got: /'import'/,
});
