import { houseWithGpu, withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ kernel: '7.0.1-1-pve', gpu: { ...houseWithGpu.host.gpu!, driverVersion: '580.95.05' } }),
  path: 'host',
  rule: /NVIDIA driver 580\.95\.05 builds on kernels below/,
  got: /7\.0\.1-1-pve/,
});
