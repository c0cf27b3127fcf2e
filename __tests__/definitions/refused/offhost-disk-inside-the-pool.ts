import { withOffHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withOffHost({ target: { kind: 'disk', mountpoint: '/barn/second' } }),
  path: 'foundation/storage',
  rule: /second disk is not the pool/,
  got: /barn/,
});
