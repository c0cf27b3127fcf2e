import { randomSecret } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { settings: { access: randomSecret('valkey-access') } }),
  path: 'services/valkey',
  rule: /'settings\.access\.secret' is a name in snake_case/,
  got: /valkey-access/,
});
