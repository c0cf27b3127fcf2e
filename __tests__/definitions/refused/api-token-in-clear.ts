import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { settings: { connection: 'monitor@pve!read=11111111-5d2e-4f70-8a91-b2c3d4e5f607' } }),
  path: 'services/valkey',
  rule: /never written in the definition/,
});
