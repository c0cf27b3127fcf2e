import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: { ...smallHouse, template: { ...smallHouse.template, name: 'valkey' } },
  path: 'services/valkey',
  rule: /a name is used once/,
  got: /the template/,
});
