import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { purpose: 'Reader \u202Esdeef' }),
  path: 'services/miniflux',
  rule: /one plain line of text/,
  got: /u\{202e\}|202e|Reader/i,
});
