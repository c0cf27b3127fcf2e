import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('miniflux', { extraCards: [{ vlan: 20 }] }),
  path: 'services/miniflux',
  rule: /aware of VLANs/,
  got: /tag 20 on 'vmbr7'/,
});
