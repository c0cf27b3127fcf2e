import { dumpBy, rowsIn } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { saves: dumpBy('n8n', rowsIn('valkey', 'feeds')) }),
  path: 'services/miniflux',
  rule: /rows lie in a database server/,
  got: /valkey/,
});
