import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { name: 'proxmox' }),
  path: 'services/proxmox',
  rule: /a name is used once/,
  got: /a part of every house/,
});
