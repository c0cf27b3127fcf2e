import { houseWithGpu, withHost } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withHost({ kernel: '6.18.99-1-pve', gpu: { ...houseWithGpu.host.gpu!, driverVersion: '590.48.01' } }),
});
