import { withService } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withService('miniflux', { cores: 60 }),
  notice: /vCPUs of all guests come to 64 vCPU, above the budget of 40/,
});
