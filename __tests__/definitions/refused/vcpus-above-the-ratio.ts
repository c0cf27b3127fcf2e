import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { cores: 61 }),
  path: 'host',
  rule: /vCPUs of all guests stay within the machine's 64 vCPU/,
  got: /65 vCPU/,
});
