import { withBridge } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withBridge({ address: '10.61.4.5/8', gateway: '10.255.255.254' }),
});
