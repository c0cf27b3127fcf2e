import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { ports: [{ port: 65_536, use: 'RESP' }] }),
  path: 'services/valkey',
  rule: /a port is 1 to 65535/,
  got: /65536/,
});
