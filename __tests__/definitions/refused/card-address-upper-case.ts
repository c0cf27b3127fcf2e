import { withHost } from '../../helpers/alter';
import { refused } from '../../helpers/definition-case';

export default refused({
  lab: withHost({ install: { country: 'nz', keyboard: 'en-gb', mac: '02:5E:1F:AA:07:C3' } }),
  path: 'host',
  rule: /the address of a network card, lower case with colons/,
  got: /02:5E/,
});
