import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, name: 'services' },
  path: 'services',
  rule: /'name' is a DNS label, and not the name of a stack/,
  got: /services/,
});
