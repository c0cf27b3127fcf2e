import { withOffHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withOffHost({ target: { kind: 'rest-server', url: 'https://me:secret@vault.example.org/', user: 'me' } }),
  path: 'foundation/storage',
  rule: /holds no password/,
  got: /vault/,
});
