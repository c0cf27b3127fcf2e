import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { exposure: { kind: 'tunnel', hostname: 'read.example.org' } }),
  path: 'services/miniflux',
  rule: /needs somebody to dig it/,
  got: /no service with the role cloudflared/,
});
