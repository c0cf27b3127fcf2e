import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { role: 'pve-init' }),
  path: 'services/valkey',
  rule: /not installed by a role of the host/,
  got: /'pve-init'/,
});
