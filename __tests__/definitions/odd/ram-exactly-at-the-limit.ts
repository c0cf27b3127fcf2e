import { withService } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withService('miniflux', { memoryMiB: 14_464 }),
  notice: /RAM ceilings of all guests come to 15872 MiB, above the budget of 12544/,
});
