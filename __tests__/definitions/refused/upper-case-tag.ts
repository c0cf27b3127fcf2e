import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { tags: ['Cache'] }),
  path: 'services/valkey',
  rule: /a tag is lower case/,
  got: /'Cache'/,
});
