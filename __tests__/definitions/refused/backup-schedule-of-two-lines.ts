import { withStorage } from '../../helpers/alter';
import { smallHouse } from '../../helpers/small-house';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withStorage({ backup: { ...smallHouse.storage.backup, schedule: '02:30\nx: y' } }),
  path: 'foundation/storage',
  rule: /calendar event/,
});
