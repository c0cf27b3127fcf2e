import { withBridge, withService } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withBridge({ address: '10.61.4.5/16', gateway: '10.61.255.254' }, withService('miniflux', { address: '10.61.0.1' })),
});
