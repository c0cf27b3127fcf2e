import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: withHost({ apiToken: { ...smallHouse.host.apiToken, user: 'root@pam' } }),
  path: 'host',
  rule: /never to root@pam/,
  got: /'root@pam'/,
});
