import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { randomSecret } from '../../../constructs';

export default refused({
  lab: withService('valkey', { settings: { access: randomSecret('sops') } }),
  path: 'services/valkey',
  rule: /'settings\.access\.secret' is a name in snake_case/,
});
