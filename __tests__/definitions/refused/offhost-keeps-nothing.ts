import { withOffHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withOffHost({ keepDaily: 0, keepWeekly: 0, keepMonthly: 0 }),
  path: 'foundation/storage',
  rule: /keeps at least one copy/,
  got: /all 0/,
});
