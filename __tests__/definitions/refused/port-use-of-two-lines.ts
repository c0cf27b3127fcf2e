import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { ports: [{ port: 8484, use: 'reader\r\n| x |' }] }),
  path: 'services/miniflux',
  rule: /one plain line of text/,
});
