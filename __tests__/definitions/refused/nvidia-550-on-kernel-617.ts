import { houseWithGpu, withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ kernel: '6.17.2-1-pve', gpu: { ...houseWithGpu.host.gpu!, driverVersion: '550.163.01' } }),
  path: 'host',
  rule: /NVIDIA driver 550\.163\.01 builds on kernels below/,
  got: /6\.17\.2-1-pve/,
});
