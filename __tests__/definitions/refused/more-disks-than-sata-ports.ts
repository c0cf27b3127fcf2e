import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: withHost({ sataPorts: 1, disks: smallHouse.host.disks.map((disk) => ({ ...disk, sata: true })) }),
  path: 'host',
  rule: /the board has 1 SATA ports/,
  got: /2 SATA disks/,
});
