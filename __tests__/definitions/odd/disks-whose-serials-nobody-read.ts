import { withHost } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default odd({
  lab: withHost({ disks: smallHouse.host.disks.map(({ serial: _unknown, ...disk }) => disk) }),
  notice: /no answers for an unattended installation are written, not declared: the serial number of the pool disk .* of the boot disk/,
});
