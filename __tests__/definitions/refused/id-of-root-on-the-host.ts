import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { idMap: [{ of: 'user', inside: 1000, onHost: 100_500 }] }),
  path: 'services/miniflux',
  rule: /neither root nor one of an unprivileged/,
  got: /100500/,
});
