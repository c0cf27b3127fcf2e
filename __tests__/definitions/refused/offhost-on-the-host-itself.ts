import { withOffHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withOffHost({ target: { kind: 'rest-server', url: 'https://loft:8000/', user: 'copies' } }),
  path: 'foundation/storage',
  rule: /lies on another machine/,
  got: /rest-server on .loft./,
});
