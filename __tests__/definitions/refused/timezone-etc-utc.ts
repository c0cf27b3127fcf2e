import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ timezone: 'Etc/UTC' }),
  path: 'host',
  rule: /a timezone is Area\/City/,
  got: /'Etc\/UTC'/,
});
