import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { macAddress: 'bc:24:11:00:40:03', network: { dhcp: true, gateway: '10.61.4.1/22' } }),
  path: 'services/miniflux',
  rule: /from DHCP or from the definition/,
  got: /'gateway'/,
});
