import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { idMap: [{ of: 'both', inside: 1000, onHost: 1000, count: 3 }, { of: 'group', inside: 1002, onHost: 44 }] }),
  path: 'services/miniflux',
  rule: /mapped once/,
  got: /1002 to 44/,
});
