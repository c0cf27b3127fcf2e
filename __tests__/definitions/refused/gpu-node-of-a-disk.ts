import { houseWithGpu } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: { ...houseWithGpu, host: { ...houseWithGpu.host, gpu: { ...houseWithGpu.host.gpu!, devices: ['/dev/sda'] } } },
  path: 'host',
  rule: /device node of a graphics card/,
  got: /sda/,
});
