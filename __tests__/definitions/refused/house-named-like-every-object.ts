import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, name: 'constructor' },
  path: 'constructor',
  rule: /'name' is a DNS label/,
});
