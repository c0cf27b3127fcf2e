import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { settings: { remark: ['-----BEGIN OPENSSH', 'PRIVATE KEY-----'].join(' ') } }),
  path: 'services/valkey',
  rule: /a secret is never written/,
  got: /settings\.remark/,
});
