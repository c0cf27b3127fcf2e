import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { randomSecret } from '../../../constructs';

export default refused({
  lab: withService('valkey', { settings: { access: randomSecret('valkey_access', 4) } }),
  path: 'services/valkey',
  rule: /'settings\.access\.howToMake\.length' is/,
});
