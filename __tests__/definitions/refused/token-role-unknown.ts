import type { HostProps } from '../../../constructs';
import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';
import { smallHouse } from '../../helpers/small-house';

const apiToken = { ...smallHouse.host.apiToken, role: 'Administrator' } as unknown as HostProps['apiToken'];

export default refused({ lab: withHost({ apiToken }), path: 'host', rule: /role/, got: /'Administrator'/ });
