import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { settings: { hosts: { 'a: b': '10.61.4.9' } } }),
  path: 'services/valkey',
  rule: /names of letters/,
});
