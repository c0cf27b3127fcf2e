import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, template: { ...smallHouse.template, memoryMiB: 63 } },
  path: 'foundation/template',
  rule: /'memoryMiB' is a whole number from 64 up/,
});
