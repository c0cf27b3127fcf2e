import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ install: { country: 'nz', keyboard: 'qwerty' } }),
  path: 'host',
  rule: /one of de, de-ch/,
  got: /qwerty/,
});
