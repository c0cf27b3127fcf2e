import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { unprivileged: false }),
  path: 'services/valkey',
  rule: /a privileged container needs Sys\.Modify/,
});
