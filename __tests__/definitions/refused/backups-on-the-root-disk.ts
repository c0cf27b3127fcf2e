import { withStorage } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: withStorage({ backup: { ...smallHouse.storage.backup, path: '/var/dump' } }),
  path: 'foundation/storage',
  rule: /never on the root disk/,
  got: /\/var\/dump/,
});
