import { sqliteDump } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { saves: sqliteDump('miniflux', 'miniflux.service', '/var/lib/elsewhere/feeds.db') }),
  path: 'services/miniflux',
  rule: /lies in a volume of its service/,
  got: /elsewhere/,
});
