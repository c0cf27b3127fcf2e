import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { metrics: { port: 8484, path: '/numbers', scheme: 'https' } }),
  path: 'services/miniflux',
  rule: /a port speaks one protocol/,
  got: /health by http and metrics by https, both on 8484/,
});
