import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { idMap: [{ of: 'user', inside: 0, onHost: 1000 }] }),
  path: 'services/miniflux',
  rule: /idMap.0..inside. is a whole number from 1/,
  got: /0/,
});
