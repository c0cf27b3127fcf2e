import { withStorage } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default odd({
  lab: withStorage({ backup: { ...smallHouse.storage.backup, quotaGiB: 1662 } }),
  notice: /disks, volumes and backups come to 1740 GiB, above the budget of 1392/,
});
