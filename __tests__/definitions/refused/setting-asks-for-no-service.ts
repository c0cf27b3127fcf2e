import { addressOf } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { settings: { peer: addressOf('valkie') } }),
  path: 'services/valkey',
  rule: /the setting 'peer' can be read/,
  got: /'valkie', which is no service/,
});
