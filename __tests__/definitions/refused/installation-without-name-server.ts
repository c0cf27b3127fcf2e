import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({ lab: withHost({ nameservers: [] }), path: 'host', rule: /the installer wants a name server/, got: /none/ });
