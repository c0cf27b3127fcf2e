import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { settings: { users: [{ name: 'reader', password: 'plum-jam-jar' }] } }),
  path: 'services/valkey',
  rule: /a secret is never written/,
  got: /settings\.users\[0\]\.password/,
});
