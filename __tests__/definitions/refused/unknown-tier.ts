import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

// The cast stands for a file that nobody compiled.
export default refused({
  lab: withService('valkey', { tier: 'database' as 'app' }),
  path: 'services/valkey',
  rule: /a tier is 'platform' or 'app'/,
  got: /'database'/,
});
