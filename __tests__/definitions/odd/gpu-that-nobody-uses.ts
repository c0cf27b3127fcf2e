import { houseWithGpu } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: houseWithGpu,
});
