import { withService } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withService('valkey', { kernelBelow: '6.14.9' }),
});
