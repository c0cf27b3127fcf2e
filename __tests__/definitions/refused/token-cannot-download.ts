import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default refused({
  lab: withHost({ apiToken: { ...smallHouse.host.apiToken, extraPrivileges: [] } }),
  path: 'host',
  rule: /needs Sys\.AccessNetwork/,
  got: /no extra privileges/,
});
