import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: withHost({ disks: [...smallHouse.host.disks, { purpose: 'boot', sizeGiB: 111, sata: false, serial: 'QX12FIG' }] }),
  path: 'host',
  rule: /exactly one disk is the boot disk/,
  got: /^2$/,
});
