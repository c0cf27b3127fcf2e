import { withService } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withService('valkey', { settings: { access_tokens: ['plum-jam-jar'] } }),
  path: 'services/valkey',
  rule: /never written in the definition/,
});
