import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: withHost({ disks: smallHouse.host.disks.map((disk) => (disk.purpose === 'boot' ? { ...disk, serial: 'NV8*' } : disk)) }),
  path: 'host',
  rule: /whole serial number, never by a pattern/,
  got: /NV8\*/,
});
