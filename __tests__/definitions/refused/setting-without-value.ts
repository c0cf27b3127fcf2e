import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

// The cast stands for a file that nobody compiled.
export default refused({
  lab: withService('valkey', { settings: { peer: null as unknown as string } }),
  path: 'services/valkey',
  rule: /'settings\.peer' is text, a number/,
  got: /null/,
});
