import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { settings: { table: new Map() as never } }),
  path: 'services/miniflux',
  rule: /settings.table/,
});
