import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, template: { ...smallHouse.template, vmId: 99 } },
  path: 'foundation/template',
  rule: /'vmId' is a whole number from 100/,
  got: /99/,
});
