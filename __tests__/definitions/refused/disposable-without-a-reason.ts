import { disposable } from '../../../constructs';
import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { data: disposable('') }),
  path: 'services/valkey',
  rule: /or why nothing needs to be kept/,
});
