import { withHost, withService } from '../../helpers/alter';
import { odd } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

export default odd({
  lab: withService('valkey', { unprivileged: false }, withHost({ apiToken: { ...smallHouse.host.apiToken, extraPrivileges: ['Sys.AccessNetwork', 'Sys.Modify'] } })),
});
