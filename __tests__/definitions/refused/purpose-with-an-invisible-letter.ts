import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { purpose: 'Rea\u200Bder' }),
  path: 'services/miniflux',
  rule: /one plain line of text/,
});
