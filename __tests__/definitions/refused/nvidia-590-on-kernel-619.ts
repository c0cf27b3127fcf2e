import { houseWithGpu, withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ kernel: '6.19.0-1-pve', gpu: { ...houseWithGpu.host.gpu!, driverVersion: '590.48.01' } }),
  path: 'host',
  rule: /NVIDIA driver 590\.48\.01 builds on kernels below/,
  got: /6\.19\.0-1-pve/,
});
