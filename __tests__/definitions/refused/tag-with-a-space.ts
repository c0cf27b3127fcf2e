import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { tags: ['in memory'] }),
  path: 'services/valkey',
  rule: /a tag is lower case, of letters, digits/,
  got: /'in memory'/,
});
