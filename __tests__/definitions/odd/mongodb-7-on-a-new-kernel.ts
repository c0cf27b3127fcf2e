import { withHost, withService } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withHost({ kernel: '6.19.0-1-pve' }, withService('valkey', { role: 'mongodb', settings: { version: '7.0.28' } })),
});
