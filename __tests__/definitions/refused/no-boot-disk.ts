import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: withHost({ disks: smallHouse.host.disks.filter((disk) => disk.purpose === 'pool') }),
  path: 'host',
  rule: /exactly one disk is the boot disk/,
  got: /^0$/,
});
