import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { network: { vlan: 4095 } }),
  path: 'services/miniflux',
  rule: /'network.vlan' is a whole number from 1 to 4094/,
  got: /4095/,
});
