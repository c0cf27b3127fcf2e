import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ settings: { pve_template: { api_token: 'abc' } } }),
  path: 'host',
  rule: /never written in the definition/,
  got: /settings.pve_template.api_token/,
});
