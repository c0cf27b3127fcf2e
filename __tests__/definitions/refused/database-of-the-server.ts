import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { role: 'postgresql', settings: { databases: [{ name: 'template1', owner: 'cache' }] } }),
  path: 'services/valkey',
  rule: /none of the server’s own/,
  got: /databases\.0\.name: 'template1'/,
});
