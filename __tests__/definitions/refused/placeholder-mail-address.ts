import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ mailTo: 'mail@example.invalid' }),
  path: 'host',
  rule: /refuses its own placeholder/,
  got: /example\.invalid/,
});
