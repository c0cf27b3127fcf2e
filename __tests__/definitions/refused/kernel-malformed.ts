import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ kernel: '6.14' }),
  path: 'host',
  rule: /as Proxmox VE names it/,
  got: /'6\.14'/,
});
