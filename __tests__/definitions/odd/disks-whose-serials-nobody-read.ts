import { withHost } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default odd({
  lab: withHost({ disks: smallHouse.host.disks.map(({ serial: _unknown, ...disk }) => disk) }),
  notice: /the serial of the pool disk and of the boot disk is not declared/,
});
