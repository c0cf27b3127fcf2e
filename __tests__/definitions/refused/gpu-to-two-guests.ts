import { houseWithGpu, withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { gpu: true }, withService('miniflux', { gpu: true }, houseWithGpu)),
  path: 'services/miniflux',
  rule: /belongs to one guest/,
  got: /'valkey' and 'miniflux'/,
});
