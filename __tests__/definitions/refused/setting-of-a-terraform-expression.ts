import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { settings: { title: '${file("/etc/hostname")}' } }),
  path: 'services/miniflux',
  rule: /one plain line of text/,
});
