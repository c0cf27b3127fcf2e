import { filesAlone } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { saves: filesAlone('sessions are files') }),
  path: 'services/valkey',
  rule: /has nothing to save/,
  got: /disposable/,
});
