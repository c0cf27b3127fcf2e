import { withHost } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({ lab: withHost({ kernel: '6.19.1-1-pve', gpu: { model: 'NVIDIA T400', driverVersion: '595', devices: ['/dev/nvidia0'] } }) });
