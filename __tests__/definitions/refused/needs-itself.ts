import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { needs: ['valkey'] }),
  path: 'services/valkey',
  rule: /needs form no circle/,
  got: /valkey -> valkey/,
});
