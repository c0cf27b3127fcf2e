import { withStorage } from '../../helpers/alter';
import { smallHouse } from '../../helpers/small-house';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withStorage({ backup: { ...smallHouse.storage.backup, keepDaily: 0, keepWeekly: 0, keepMonthly: 0 } }),
  path: 'foundation/storage',
  rule: /at least one backup/,
});
