import { serviceOf, withServices } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: withServices([...smallHouse.services, { ...serviceOf('valkey'), vmId: 4009, address: '10.61.5.29' }]),
  path: 'services/valkey',
  rule: /a name is used once/,
  got: /already of 'valkey'/,
});
