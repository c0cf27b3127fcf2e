import { withService } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

// In a /22 this is a machine like any other.
export default odd({
  lab: withService('miniflux', { address: '10.61.6.0' }),
});
