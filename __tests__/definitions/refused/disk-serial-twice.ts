import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: withHost({ disks: smallHouse.host.disks.map((disk) => ({ ...disk, serial: 'ZX41PLUM' })) }),
  path: 'host',
  rule: /a disk serial is unique/,
  got: /ZX41PLUM/,
});
