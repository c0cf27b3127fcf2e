import { serviceOf, withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { ports: [...serviceOf('valkey').ports, { port: 6379, use: 'metrics' }] }),
  path: 'services/valkey',
  rule: /one use/,
  got: /6379 for 'RESP' and for 'metrics'/,
});
