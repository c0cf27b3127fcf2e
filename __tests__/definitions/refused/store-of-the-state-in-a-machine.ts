import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('garage', { diskGiB: 9, vm: { from: 'template' } }),
  path: 'foundation/garage',
  rule: /the store of the state is a container/,
});
