import { serviceOf, withBridge, withServices } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

// Six addresses: host, gateway, and room for four guests. A /30 has none left.
export default odd({
  lab: withBridge({ address: '10.61.4.17/29', gateway: '10.61.4.22' }, withServices([{ ...serviceOf('garage'), address: '10.61.4.18' }])),
});
