import { withBridge } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

// The cast stands for a file that nobody compiled.
export default refused({
  lab: withBridge({ gateway: undefined as unknown as string }),
  path: 'host',
  rule: /'bridge\.gateway' is text/,
  got: /nothing/,
});
