import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { settings: { base_url: 'x\nNODE_OPTIONS=--require=/srv/evil.js' } }),
  path: 'services/miniflux',
  rule: /one plain line of text/,
});
