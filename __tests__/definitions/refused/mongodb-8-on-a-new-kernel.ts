import { withHost, withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ kernel: '6.19.0-1-pve' }, withService('valkey', { role: 'mongodb', settings: { version: '8.0.4' } })),
  path: 'services/valkey',
  rule: /runs on host kernels below 6\.19/,
  got: /6\.19\.0-1-pve/,
});
