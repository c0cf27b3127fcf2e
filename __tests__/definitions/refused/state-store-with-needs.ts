import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('garage', { needs: ['valkey'] }),
  path: 'foundation',
  rule: /made first and needs no other service/,
  got: /valkey/,
});
