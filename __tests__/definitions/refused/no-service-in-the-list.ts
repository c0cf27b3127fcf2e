import type { ServiceProps } from '../../../constructs';
import { withServices } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

// A list item that was declared and never exported.
export default refused({
  lab: withServices([...smallHouse.services, undefined as unknown as ServiceProps]),
  path: 'services/[3]',
  rule: /this is a service/,
  got: /nothing/,
});
