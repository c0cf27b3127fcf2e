import { withService } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withService('miniflux', { address: '10.61.7.253' }),
});
