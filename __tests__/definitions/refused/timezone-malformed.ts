import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ timezone: 'CET+1' }),
  path: 'host',
  rule: /a timezone is Area\/City/,
  got: /'CET\+1'/,
});
