import { withStorage } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: withStorage({ backup: { ...smallHouse.storage.backup, path: '/barn/archive-old' } }),
  path: 'foundation/storage',
  rule: /backups lie inside a dataset/,
});
