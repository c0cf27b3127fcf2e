import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: withHost({ bridge: { ...smallHouse.host.bridge, ports: ['eno-3'] } }),
  path: 'host',
  rule: /names the bridge's first port/,
  got: /eno-3/,
});
