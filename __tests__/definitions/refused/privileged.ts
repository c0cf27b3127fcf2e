import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { unprivileged: false }),
  path: 'services/valkey',
  rule: /a container is unprivileged: root in a privileged one is root on the host/,
});
