import { withStorage } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: withStorage({ backup: { ...smallHouse.storage.backup, quotaGiB: 1663 } }),
  path: 'host',
  rule: /disks, volumes and backups stay within the machine's 1740 GiB/,
  got: /1741 GiB \(.*backups 1663\)/,
});
