import { houseWithGpu, withService } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';

export default odd({
  lab: withService('valkey', { gpu: true }, withService('miniflux', { gpu: true }, houseWithGpu)),
  notice: /shared by valkey, miniflux/,
});
