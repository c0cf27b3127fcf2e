import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { role: 'postgresql', settings: { databases: [{ name: 'all', owner: 'n8n all 0.0.0.0/0 trust' }] } }),
  path: 'services/valkey',
  rule: /settings\.databases\[0\]\.owner.* is one word/,
  got: /'n8n all 0\.0\.0\.0\/0 trust'/,
});
